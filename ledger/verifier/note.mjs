// Texts of a ledger: signed notes, checkpoints, policies (docs/ledger-format.md, chapter 3, and C2SP).
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';

const LARGEST = 256 << 10;
const MOST_SIGNATURES = 64;
const DASH = '\u2014 ';
const NOTE = 1;
const COSIGNATURE = 4;

/** A defect with its place. */
export class Damage extends Error {
  constructor(defect, name, detail, from = 0, to = 0) {
    super(`${defect} ${name}: ${detail}`);
    this.finding = { defect, name, from, to, detail };
  }
}

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Base 64 in its one form, or null. */
export function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** A number as texts write it, or null. */
export function number(text) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return value < 1n << 63n ? value : null;
}

function utf8(bytes) {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x0a)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const isKeyName = (name) => name !== '' && !/[\p{White_Space}+]/u.test(name);

/** A key of the form name+id+base64. */
export function parseKey(text, type) {
  const parts = text.split('+');
  const [name, id] = parts;
  const material = base64(parts.slice(2).join('+'));
  if (parts.length < 3 || !isKeyName(name) || !/^[0-9a-f]{8}$/.test(id)) throw new Error(`key ${text}`);
  if (material === null || material.length !== 33 || material[0] !== type) throw new Error(`key of type ${type}`);
  const expected = sha256(name, '\n', material).toString('hex', 0, 4);
  if (id !== expected) throw new Error(`key id ${id}, expected ${expected}`);
  const raw = material.subarray(1);
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') } });
  return { name, id, type, raw, key };
}

/** Splits a note; nothing is verified. */
export function parseNote(bytes, name) {
  const malformed = (detail, from, to) => new Damage('LEDGER_MALFORMED', name, detail, from, to);
  if (bytes.length > LARGEST) throw malformed(`${bytes.length} bytes`);
  const all = utf8(bytes);
  if (all === null) throw malformed('not UTF-8 without control characters');
  const end = all.lastIndexOf('\n\n');
  if (end < 0 || !all.endsWith('\n') || end + 2 === all.length) throw malformed('no text and signatures');
  const text = all.slice(0, end + 1);
  const lines = all.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed(`${lines.length} signatures`);
  const signatures = [];
  const keys = new Set();
  let at = Buffer.byteLength(text) + 1;
  for (const line of lines) {
    const to = at + Buffer.byteLength(line) + 1;
    const parts = line.split(' ');
    const decoded = parts.length === 3 ? base64(parts[2]) : null;
    if (decoded === null || decoded.length < 5 || !line.startsWith(DASH) || !isKeyName(parts[1])) {
      throw malformed('not a signature line', at, to);
    }
    const id = decoded.toString('hex', 0, 4);
    if (keys.has(`${parts[1]} ${id}`)) throw malformed('two signatures of one key');
    keys.add(`${parts[1]} ${id}`);
    signatures.push({ name: parts[1], id, bytes: decoded.subarray(4), from: at, to });
    at = to;
  }
  return { text, signatures };
}

/** The signature of a key, verified, or null. A cosignature gets its time in seconds. */
function signatureOf(note, key, name, latest) {
  const found = note.signatures.find((one) => one.name === key.name && one.id === key.id);
  if (found === undefined) return null;
  let { bytes } = found;
  let message = note.text;
  let seconds = 0n;
  let right = true;
  if (key.type === COSIGNATURE) {
    seconds = bytes.length < 8 ? 0n : bytes.readBigInt64BE();
    message = `cosignature/v1\ntime ${seconds}\n${note.text}`;
    bytes = bytes.subarray(8);
    right = seconds > 0n && seconds <= latest;
  }
  if (!right || bytes.length !== 64 || !verifySignature(null, Buffer.from(message), key.key, bytes)) {
    throw new Damage('LEDGER_SIGNATURE_WRONG', name, `of ${key.name}`, found.from, found.to);
  }
  return { seconds };
}

function parseCheckpoint(text, name) {
  const malformed = (detail) => new Damage('LEDGER_MALFORMED', name, detail);
  const lines = text.split('\n');
  if (lines.length < 4 || lines.slice(0, -1).includes('')) throw malformed('not three or more lines');
  const size = number(lines[1]);
  const root = base64(lines[2]);
  if (size === null) throw malformed('size');
  if (root === null || root.length !== 32) throw malformed('root');
  if (size === 0n && !root.equals(sha256())) throw new Damage('LEDGER_ROOT_WRONG', name, 'root of an empty log');
  return { origin: lines[0], size: Number(size), root };
}

/** Reads a policy; every mistake is an Error. */
export function parsePolicy(text) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null, latest: (1n << 63n) - 1n };
  const members = new Set();
  const expect = (condition, what) => {
    if (!condition) throw new Error(`policy: expected ${what}`);
  };
  const known = (word) => expect(policy.witnesses.has(word) || policy.groups.has(word), `${word} before this line`);
  const free = (word) =>
    expect(!policy.witnesses.has(word) && !policy.groups.has(word) && word !== 'none', `another name than ${word}`);
  for (const line of text.split('\n')) {
    expect(!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line), 'no control character');
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length === 0 || words[0].startsWith('#')) continue;
    if (words[0] === 'log') {
      expect(words.length === 2 || words.length === 3, 'log KEY [URL]');
      const key = parseKey(words[1], NOTE);
      expect(policy.logs.every((other) => !other.raw.equals(key.raw)), 'a key that no other log has');
      policy.logs.push(key);
    } else if (words[0] === 'witness') {
      expect(words.length === 3 || words.length === 4, 'witness NAME KEY [URL]');
      const key = parseKey(words[2], COSIGNATURE);
      expect([...policy.witnesses.values()].every((other) => !other.raw.equals(key.raw)), 'another key');
      free(words[1]);
      policy.witnesses.set(words[1], key);
    } else if (words[0] === 'group') {
      expect(words.length >= 4, 'group NAME all|any|K MEMBER ...');
      const names = words.slice(3);
      for (const member of names) {
        known(member);
        expect(!members.has(member), `${member} in one group only`);
        members.add(member);
      }
      free(words[1]);
      const needed = { all: names.length, any: 1 }[words[2]] ?? (/^[1-9][0-9]{0,5}$/.test(words[2]) ? +words[2] : 0);
      expect(needed >= 1 && needed <= names.length, `all, any or 1 to ${names.length}`);
      policy.groups.set(words[1], { needed, names });
    } else {
      expect(words[0] === 'quorum' && words.length === 2, 'log, witness, group or quorum NAME');
      expect(policy.quorum === null, 'one quorum line');
      if (words[1] !== 'none') known(words[1]);
      policy.quorum = words[1];
    }
  }
  expect(policy.quorum !== null, 'a quorum line');
  return policy;
}

function holds(policy, name, seen) {
  const group = policy.groups.get(name);
  if (group === undefined) return seen.has(name);
  return group.names.filter((member) => holds(policy, member, seen)).length >= group.needed;
}

/** Verifies a checkpoint; whether it has enough witnesses is only told. */
export function checkCheckpoint(bytes, policy, name) {
  const note = parseNote(bytes, name);
  const checkpoint = parseCheckpoint(note.text, name);
  const own = policy.logs.filter((key) => key.name === checkpoint.origin);
  if (own.length === 0) throw new Damage('LEDGER_ORIGIN_WRONG', name, checkpoint.origin);
  let signed = false;
  for (const key of own) if (signatureOf(note, key, name, policy.latest) !== null) signed = true;
  if (!signed) throw new Damage('LEDGER_SIGNER_UNKNOWN', name, 'not signed by its log');
  const seen = new Set();
  for (const [witness, key] of policy.witnesses) {
    if (signatureOf(note, key, name, policy.latest) !== null) seen.add(witness);
  }
  const enough = policy.quorum === 'none' || holds(policy, policy.quorum, seen);
  return { ...checkpoint, enough };
}
