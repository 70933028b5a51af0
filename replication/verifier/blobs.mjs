// Attachments as they are stored (docs/replica-format.md, chapter 9).
import { GRANT } from './formats.mjs';
import { Damage, decode, sha256 } from './statement.mjs';

const CHUNK = 65536;
const TAG = 16;
const PREFIX = 12;
const KEY_CHECK = 16;
const LARGEST_STATEMENT = 4096;
const LARGEST_TEXT = 1n << 46n;
const BLOB = {
  1: ['origin', 'string'], 2: ['tenant', 'bytes'], 3: ['length', 'long'], 4: ['salt', 'bytes'], 5: ['grant', GRANT],
};

export function blobName(address) {
  const text = address.toString('hex');
  return `blobs/${text.slice(0, 2)}/${text}`;
}

/** The address in a name, or null. */
export function blobAddress(name) {
  const found = /^blobs\/([0-9a-f]{2})\/([0-9a-f]{64})$/.exec(name);
  return found !== null && found[2].startsWith(found[1]) ? Buffer.from(found[2], 'hex') : null;
}

/** Refuses bytes that are not the blob of this address; needs no key. */
export function checkBlob(address, file, trust) {
  const name = blobName(address);
  const end = checkBegin(name, file);
  const statement = checkStatement(name, file, end);
  if (statement.origin !== trust.origin) {
    throw new Damage('REPLICA_CLOUD_WRONG', name, PREFIX, end, `of ${statement.origin}, expected ${trust.origin}`);
  }
  if (!trust.recoveryKeys.has(statement.grant.recoveryKey.toString('hex'))) {
    throw new Damage('REPLICA_GRANT_WRONG', name, PREFIX, end, 'sealed to an unknown recovery key');
  }
  if (!sha256(file).equals(address)) throw new Damage('REPLICA_MISPLACED', name, 0, 0, 'other bytes');
}

function checkBegin(name, file) {
  if (file.length < PREFIX) throw new Damage('REPLICA_TRUNCATED', name, file.length, PREFIX, 'header');
  if (file.toString('latin1', 0, 4) !== 'GBLB') throw new Damage('REPLICA_KIND_WRONG', name, 0, 4, 'expected GBLB');
  for (const [at, value, what] of [[4, 1, 'VERSION'], [5, 1, 'SUITE'], [6, 0, 'VERSION'], [7, 0, 'VERSION']]) {
    if (file[at] !== value) throw new Damage(`REPLICA_${what}_UNKNOWN`, name, at, at + 1, `${file[at]}`);
  }
  const length = file.readUInt32BE(8);
  if (length > LARGEST_STATEMENT) throw new Damage('REPLICA_TOO_LARGE', name, 8, PREFIX, 'statement');
  const end = PREFIX + length;
  if (file.length < end + KEY_CHECK) throw new Damage('REPLICA_TRUNCATED', name, 8, end, 'statement');
  return end;
}

function checkStatement(name, file, end) {
  const malformed = (detail) => new Damage('REPLICA_STATEMENT_MALFORMED', name, PREFIX, end, detail);
  let statement;
  try {
    statement = decode(file.subarray(PREFIX, end), BLOB);
  } catch (error) {
    throw malformed(error.message);
  }
  const { length } = statement;
  if (statement.tenant.length !== 16 || statement.salt.length !== 16 || length < 1n || length > LARGEST_TEXT) {
    throw malformed('tenant, salt or length');
  }
  const whole = end + KEY_CHECK + Number(length) + TAG * Math.ceil(Number(length) / CHUNK);
  if (file.length !== whole) {
    const defect = file.length < whole ? 'REPLICA_TRUNCATED' : 'REPLICA_TRAILING_BYTES';
    const [from, to] = file.length < whole ? [file.length, whole] : [whole, file.length];
    throw new Damage(defect, name, from, to, `${file.length} bytes, expected ${whole}`);
  }
  return statement;
}
