// Signed statements: the frame that every replica file begins with (docs/replica-format.md, chapter 2).
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';

export const PREFIX = 28;
export const SIGNATURE = 64;
const LARGEST_STATEMENT = 64 << 20;
export const LARGEST_FILE = 128 << 20;
const CONTEXT = Buffer.from('govcloud replica v1\0', 'ascii');

/** A defect with its place. */
export class Damage extends Error {
  constructor(defect, name, from, to, detail) {
    super(`${defect} ${name}, bytes ${from} to ${to}: ${detail}`);
    this.finding = { defect, name, from, to, detail };
  }
}

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The trusted keys by their names. */
export function trustedKeys(list) {
  const keys = new Map();
  for (const { cloud, publicKey } of list) {
    const raw = Buffer.from(publicKey, 'hex');
    const key = createPublicKey({
      format: 'jwk',
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    });
    keys.set(sha256(raw).subarray(0, 16).toString('hex'), { cloud, key });
  }
  return keys;
}

// Protobuf, as far as replica files use it.

function varint(bytes, at) {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (at >= bytes.length) throw new Error('varint ends too early');
    const byte = bytes[at++];
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [BigInt.asUintN(64, value), at];
  }
  throw new Error('varint too long');
}

/**
 * Decodes a message. A specification maps field numbers to [name, type], where type is 'bytes', 'string', 'number',
 * 'long', or [specification] for a repeated message, or a specification for a single one.
 */
export function decode(bytes, specification) {
  const message = {};
  for (const [name, type] of Object.values(specification)) {
    message[name] = Array.isArray(type) ? [] : empty(type);
  }
  let at = 0;
  while (at < bytes.length) {
    let tag;
    [tag, at] = varint(bytes, at);
    const wire = Number(tag & 7n);
    if (tag >> 3n === 0n) throw new Error('field 0');
    const field = specification[Number(tag >> 3n)];
    let value;
    if (wire === 0) {
      [value, at] = varint(bytes, at);
    } else if (wire === 2) {
      let length;
      [length, at] = varint(bytes, at);
      const end = at + Number(length);
      if (end > bytes.length) throw new Error('field ends too early');
      value = bytes.subarray(at, end);
      at = end;
    } else if (wire === 1 || wire === 5) {
      at += wire === 1 ? 8 : 4;
      if (at > bytes.length) throw new Error('field ends too early');
      continue;
    } else {
      throw new Error(`wire type ${wire}`);
    }
    if (field !== undefined) assign(message, field, value);
  }
  return message;
}

function empty(type) {
  if (type === 'bytes') return Buffer.alloc(0);
  if (type === 'string') return '';
  if (type === 'number') return 0;
  if (type === 'long') return 0n;
  return decode(Buffer.alloc(0), type);
}

function assign(message, [name, type], value) {
  const isBytes = typeof value !== 'bigint';
  if (Array.isArray(type)) {
    if (isBytes) message[name].push(decode(value, type[0]));
  } else if (type === 'bytes') {
    if (isBytes) message[name] = value;
  } else if (type === 'string') {
    if (isBytes) message[name] = new TextDecoder('utf-8', { fatal: true }).decode(value);
  } else if (type === 'number') {
    if (!isBytes) message[name] = Number(BigInt.asUintN(32, value));
  } else if (type === 'long') {
    if (!isBytes) message[name] = BigInt.asIntN(64, value);
  } else if (isBytes) {
    message[name] = decode(value, type);
  }
}

function checkPrefix(magic, name, file) {
  if (file.length < PREFIX) {
    throw new Damage('REPLICA_TRUNCATED', name, file.length, PREFIX, `${file.length} bytes`);
  }
  if (file.toString('latin1', 0, 4) !== magic) {
    throw new Damage('REPLICA_KIND_WRONG', name, 0, 4, `expected ${magic}`);
  }
  const expected = [[4, 1, 'VERSION'], [5, 1, 'SUITE'], [6, 0, 'VERSION'], [7, 0, 'VERSION']];
  for (const [at, value, what] of expected) {
    if (file[at] !== value) {
      throw new Damage(`REPLICA_${what}_UNKNOWN`, name, at, at + 1, `${file[at]}, expected ${value}`);
    }
  }
  const length = file.readUInt32BE(8);
  if (length > LARGEST_STATEMENT) {
    throw new Damage('REPLICA_TOO_LARGE', name, 8, 12, `statement of ${length} bytes`);
  }
  const end = PREFIX + length + SIGNATURE;
  if (file.length < end) {
    throw new Damage('REPLICA_TRUNCATED', name, 8, end, `${file.length} bytes, expected at least ${end}`);
  }
  return length;
}

/** A file whose signature was found right, decoded. */
export class Checked {
  constructor(magic, name, file, keys, signer, specification) {
    if (file.length > LARGEST_FILE) {
      throw new Damage('REPLICA_TOO_LARGE', name, 0, 0, `${file.length} bytes`);
    }
    const length = checkPrefix(magic, name, file);
    const end = PREFIX + length;
    const key = keys.get(file.toString('hex', 12, PREFIX));
    if (key === undefined) {
      throw new Damage('REPLICA_SIGNER_UNKNOWN', name, 8, PREFIX, 'no trusted key');
    }
    this.name = name;
    this.file = file;
    this.statementLength = length;
    this.bodyFrom = end + SIGNATURE;
    this.hash = sha256(file.subarray(0, end));
    const message = Buffer.concat([CONTEXT, this.hash]);
    if (!verifySignature(null, message, key.key, file.subarray(end, this.bodyFrom))) {
      throw new Damage('REPLICA_SIGNATURE_WRONG', name, 8, this.bodyFrom, 'statement or signature changed');
    }
    try {
      this.statement = decode(file.subarray(PREFIX, end), specification);
    } catch (error) {
      throw this.about('REPLICA_STATEMENT_MALFORMED', error.message);
    }
    this.requireCloud(key.cloud, signer);
  }

  about(defect, detail) {
    return new Damage(defect, this.name, PREFIX, PREFIX + this.statementLength, detail);
  }

  require(condition, detail) {
    if (!condition) throw this.about('REPLICA_STATEMENT_MALFORMED', detail);
  }

  requireCloud(found, expected) {
    if (found !== expected) throw this.about('REPLICA_CLOUD_WRONG', `${found}, expected ${expected}`);
  }

  requirePlace(condition) {
    if (!condition) throw this.about('REPLICA_MISPLACED', 'lies under the name of another one');
  }

  requireNoBody() {
    if (this.file.length > this.bodyFrom) {
      throw new Damage('REPLICA_TRAILING_BYTES', this.name, this.bodyFrom, this.file.length, 'nothing belongs here');
    }
  }
}
