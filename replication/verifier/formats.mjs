// Segments, manifests, cuts, countersignatures and receipts (docs/replica-format.md, chapters 3 to 7).
import { Checked, Damage, sha256 } from './statement.mjs';

const CHUNK = 64 << 10;
const TAG = 16;
const LARGEST_PART = 256 << 20;
const LARGEST_FILE = 128 << 20;
const MOST_BATCHES = 1 << 16;

const SPAN = { 1: ['entity', 'bytes'], 2: ['from', 'long'], 3: ['to', 'long'], 4: ['chain', 'bytes'] };
const PART = {
  1: ['tenant', 'bytes'], 2: ['records', 'long'], 3: ['rawLength', 'long'], 4: ['sealedLength', 'long'],
  5: ['keyCheck', 'bytes'], 6: ['chunkHashes', 'bytes'], 7: ['entities', [SPAN]],
};
export const GRANT = {
  1: ['epochKey', 'bytes'], 2: ['epoch', 'number'], 3: ['recoveryKey', 'bytes'], 4: ['encapsulated', 'bytes'],
  5: ['sealed', 'bytes'],
};
const SEGMENT = {
  1: ['origin', 'string'], 2: ['slice', 'number'], 3: ['number', 'long'], 4: ['firstOffset', 'long'],
  5: ['batchChain', 'bytes'], 6: ['previousSegment', 'bytes'], 7: ['chainBefore', 'bytes'],
  8: ['highestClock', 'long'], 9: ['records', 'long'], 10: ['entityRoot', 'bytes'], 11: ['salt', 'bytes'],
  12: ['grant', GRANT], 13: ['parts', [PART]],
};
const ENTRY = { 1: ['slice', 'number'], 2: ['number', 'long'], 3: ['hash', 'bytes'] };
const MANIFEST = {
  1: ['origin', 'string'], 2: ['generation', 'long'], 3: ['previousManifest', 'bytes'],
  4: ['highestClock', 'long'], 5: ['segments', [ENTRY]],
};
const CUT_SLICE = { 1: ['slice', 'number'], 2: ['segment', 'long'], 3: ['segmentHash', 'bytes'] };
const CUT_BLOB = { 1: ['address', 'bytes'], 2: ['length', 'long'] };
const CUT_TENANT = { 1: ['tenant', 'bytes'], 2: ['entities', 'long'], 3: ['records', 'long'], 4: ['root', 'bytes'] };
const CUT = {
  1: ['origin', 'string'], 2: ['number', 'long'], 3: ['previousCut', 'bytes'], 4: ['closedClock', 'long'],
  5: ['slices', [CUT_SLICE]], 6: ['tenants', [CUT_TENANT]], 7: ['root', 'bytes'], 8: ['records', 'long'],
  9: ['blobs', [CUT_BLOB]], 12: ['salt', 'bytes'], 13: ['grant', GRANT], 14: ['directories', [PART]],
  15: ['deletedTo', 'long'], 16: ['deletion', 'string'], 18: ['manifestsTo', 'long'], 19: ['manifestsHash', 'bytes'],
};
const COUNTERSIGNATURE = {
  1: ['origin', 'string'], 2: ['receiver', 'string'], 3: ['number', 'long'], 4: ['cutHash', 'bytes'],
  5: ['root', 'bytes'], 6: ['records', 'long'], 7: ['comparedAt', 'long'],
};
const RECEIPT = {
  1: ['origin', 'string'], 2: ['receiver', 'string'], 3: ['slice', 'number'], 4: ['number', 'long'],
  5: ['segmentHash', 'bytes'], 6: ['lastOffset', 'long'], 7: ['chain', 'bytes'], 8: ['receivedAt', 'long'],
};

/** The root of a Merkle tree as in RFC 6962. */
export function merkleRoot(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.from([0]), leaves[0]);
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha256(Buffer.from([1]), merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left)));
}

export function long(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function entityRoot(parts) {
  const leaves = [];
  for (const part of parts) {
    for (const span of part.entities) {
      leaves.push(Buffer.concat([part.tenant, span.entity, long(span.from), long(span.to), span.chain]));
    }
  }
  return merkleRoot(leaves);
}

function cutRoot(tenants) {
  return merkleRoot(tenants.map((t) => Buffer.concat([t.tenant, long(t.entities), long(t.records), t.root])));
}

const NONE = Buffer.alloc(0);

function checkBody(checked, parts) {
  for (const part of parts) {
    const chunks = Math.floor(part.chunkHashes.length / 32);
    const text = Number(part.sealedLength) - TAG * chunks;
    checked.require(
      chunks > 0 && part.chunkHashes.length % 32 === 0 && text >= 0 && text <= LARGEST_FILE
        && Math.max(1, Math.ceil(text / CHUNK)) === chunks, 'part: chunks');
    checked.require(part.rawLength >= 0n && part.rawLength <= BigInt(LARGEST_PART), 'part: raw length');
    checked.require(part.keyCheck.length === 16, 'part: key check');
  }
  let at = checked.bodyFrom;
  for (const part of parts) {
    const end = at + Number(part.sealedLength);
    for (let chunk = 0; at < end; chunk++) {
      const to = Math.min(end, at + CHUNK + TAG);
      if (checked.file.length < to) {
        throw new Damage('REPLICA_TRUNCATED', checked.name, at, to, `${checked.file.length} bytes`);
      }
      const expected = part.chunkHashes.subarray(chunk * 32, chunk * 32 + 32);
      if (!sha256(checked.file.subarray(at, to)).equals(expected)) {
        throw new Damage('REPLICA_CHUNK_DAMAGED', checked.name, at, to, `chunk ${chunk}`);
      }
      at = to;
    }
  }
  if (checked.file.length > at) {
    throw new Damage('REPLICA_TRAILING_BYTES', checked.name, at, checked.file.length, 'nothing belongs here');
  }
}

function checkGrant(checked, grant, trust) {
  if (!trust.recoveryKeys.has(grant.recoveryKey.toString('hex'))) {
    throw checked.about('REPLICA_GRANT_WRONG', 'sealed to an unknown recovery key');
  }
}

export function segment(name, place, file, trust) {
  const checked = new Checked('GSEG', name, file, trust.keys, trust.origin, SEGMENT);
  const s = checked.statement;
  checked.requireCloud(s.origin, trust.origin);
  const batches = s.batchChain.length / 32;
  checked.require(batches >= 1 && Number.isInteger(batches) && batches <= MOST_BATCHES, 'batch chain');
  checked.require(s.number >= 1n, 'number');
  checked.require(s.firstOffset >= 0n, 'first offset');
  checked.require(s.previousSegment.length === (s.number === 1n ? 0 : 32), 'previous segment');
  checked.require(s.chainBefore.length === (s.firstOffset === 0n ? 0 : 32), 'chain before');
  checked.require(s.salt.length === 16, 'salt');
  checkParts(checked);
  checked.requirePlace(s.slice === place.slice && s.number === place.number);
  checkGrant(checked, s.grant, trust);
  checkBody(checked, s.parts);
  const nextOffset = s.firstOffset + BigInt(batches);
  checked.head = {
    slice: s.slice, number: s.number, hash: checked.hash, nextOffset, chain: s.batchChain.subarray(-32),
  };
  return checked;
}

function checkParts(checked) {
  const s = checked.statement;
  checked.require(s.parts.length > 0, 'parts');
  const frame = s.parts[0];
  checked.require(frame.tenant.length === 0 && frame.records === 0n && frame.entities.length === 0, 'frame');
  let records = 0n;
  for (let i = 1; i < s.parts.length; i++) {
    const part = s.parts[i];
    checked.require(part.tenant.length === 16 && s.parts[i - 1].tenant.compare(part.tenant) < 0, 'tenants');
    let before = NONE;
    let spanned = 0n;
    for (const span of part.entities) {
      checked.require(span.entity.length === 16 && span.chain.length === 32 && span.to >= span.from
        && before.compare(span.entity) <= 0, 'entity span');
      before = span.entity;
      spanned += span.to - span.from + 1n;
    }
    checked.require(spanned === part.records, 'records of a part');
    records += part.records;
  }
  checked.require(records === s.records, 'records');
  checked.require(entityRoot(s.parts).equals(s.entityRoot), 'entity root');
}

export function manifest(name, place, file, trust) {
  const checked = new Checked('GMAN', name, file, trust.keys, trust.origin, MANIFEST);
  const s = checked.statement;
  checked.requireCloud(s.origin, trust.origin);
  checked.require(s.previousManifest.length === (s.generation === 1n ? 0 : 32), 'previous manifest');
  let before = { slice: 0, number: 0n };
  for (const entry of s.segments) {
    checked.require(entry.hash.length === 32, 'segment hash');
    checked.require(before.slice < entry.slice || (before.slice === entry.slice && before.number < entry.number),
      'segments');
    before = entry;
  }
  checked.requirePlace(s.generation === place.number);
  checked.requireNoBody();
  return checked;
}

export function cut(name, place, file, trust) {
  const checked = new Checked('GCUT', name, file, trust.keys, trust.origin, CUT);
  const s = checked.statement;
  checked.requireCloud(s.origin, trust.origin);
  checked.require(s.previousCut.length === (s.number === 1n ? 0 : 32), 'previous cut');
  let slice = -1;
  for (const end of s.slices) {
    checked.require(end.slice > slice && end.segmentHash.length === 32, 'slices');
    slice = end.slice;
  }
  checked.require(s.directories.length === s.tenants.length, 'directories');
  let before = NONE;
  let records = 0n;
  s.tenants.forEach((tenant, i) => {
    checked.require(tenant.tenant.length === 16 && before.compare(tenant.tenant) < 0
      && tenant.tenant.equals(s.directories[i].tenant) && tenant.root.length === 32, 'tenants');
    before = tenant.tenant;
    records += tenant.records;
  });
  checked.require(records === s.records, 'records');
  checked.require(cutRoot(s.tenants).equals(s.root), 'root');
  checked.require(s.deletedTo < s.number && (s.deletedTo === 0n) === (s.deletion === ''), 'deleted');
  checked.require((s.manifestsTo === 0n || s.deletedTo > 0n)
    && s.manifestsHash.length === (s.manifestsTo === 0n ? 0 : 32), 'manifests');
  let address = NONE;
  for (const blob of s.blobs) {
    checked.require(blob.address.length === 32 && address.compare(blob.address) < 0, 'blobs');
    address = blob.address;
  }
  checked.requirePlace(s.number === place.number);
  checkGrant(checked, s.grant, trust);
  checkBody(checked, s.directories);
  return checked;
}

export function countersignature(name, place, file, trust) {
  const checked = new Checked('GCNT', name, file, trust.keys, trust.receiver, COUNTERSIGNATURE);
  const s = checked.statement;
  checked.requireCloud(s.origin, trust.origin);
  checked.requireCloud(s.receiver, trust.receiver);
  checked.require(s.cutHash.length === 32 && s.root.length === 32, 'hashes');
  checked.requirePlace(s.number === place.number);
  checked.requireNoBody();
  return checked;
}

export function receipt(name, place, file, trust) {
  const checked = new Checked('GRCP', name, file, trust.keys, trust.receiver, RECEIPT);
  const s = checked.statement;
  checked.requireCloud(s.origin, trust.origin);
  checked.requireCloud(s.receiver, trust.receiver);
  checked.require(s.segmentHash.length === 32 && s.chain.length === 32, 'hashes');
  checked.requirePlace(s.slice === place.slice && s.number === place.number);
  checked.requireNoBody();
  return checked;
}
