// Checks a .tlog-proof where it is opened (docs/ledger-format.md, chapters 3 to 6), with nothing but WebCrypto.
// It does what ledger/verifier does, which needs Node.js; nothing is sent anywhere.
const LARGEST = 256 << 10;
const MOST_SIGNATURES = 64;
const MOST_HASHES = 63;
const NOTE = 1;
const COSIGNATURE = 4;
const CLOCKS_DIFFER = 300;
const INCOMPLETE = new Set(["LEDGER_WITNESS_MISSING"]);
const encoder = new TextEncoder();

/** A defect with its place. */
export class Damage extends Error {
  constructor(code, name, detail, from = 0, to = 0) {
    super(`${code} ${name}: ${detail}`);
    this.finding = { code, name, from, to, detail };
  }
}

function join(...parts) {
  const all = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : Uint8Array.from(part)));
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const equal = (one, other) => hex(one) === hex(other);

/** Base 64 in its one form, or null. */
function base64(text) {
  try {
    return btoa(atob(text)) === text ? Uint8Array.from(atob(text), (c) => c.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

/** A number as texts write it, or null. */
function number(text) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(text)) return null;
  const value = BigInt(text);
  return value < 1n << 63n ? value : null;
}

function utf8(bytes) {
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x0a)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const isKeyName = (name) => name !== "" && !/[\p{White_Space}+]/u.test(name);

/** A verifier key of the form name+id+base64. */
async function parseKey(text, type) {
  const parts = text.split("+");
  const [name, id] = parts;
  const material = base64(parts.slice(2).join("+"));
  if (parts.length < 3 || !isKeyName(name) || !/^[0-9a-f]{8}$/.test(id)) throw new Error(`key ${text}`);
  if (material === null || material.length !== 33 || material[0] !== type) throw new Error(`key of type ${type}: ${text}`);
  const expected = hex(await sha256(name, "\n", material)).slice(0, 8);
  if (id !== expected) throw new Error(`key id ${id}, expected ${expected}`);
  const raw = material.subarray(1);
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  return { name, id, type, raw, key };
}

/** Keys alone, one a line, as a policy: all witnesses among them have to have signed. */
function policyOfKeys(lines) {
  const keys = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  const isWitness = (key) => base64(key.split("+").slice(2).join("+"))?.[0] === COSIGNATURE;
  const witnesses = keys.filter(isWitness);
  return [
    ...keys.filter((key) => !isWitness(key)).map((key) => `log ${key}`),
    ...witnesses.map((key, at) => `witness w${at} ${key}`),
    ...(witnesses.length > 0 ? [`group all-of-them all ${witnesses.map((key, at) => `w${at}`).join(" ")}`] : []),
    `quorum ${witnesses.length > 0 ? "all-of-them" : "none"}`,
  ];
}

/** Reads a policy, or keys alone; every mistake is an Error. */
export async function parsePolicy(text) {
  let lines = text.split(/\r?\n/);
  const words = (line) => line.split(/[ \t]+/).filter((word) => word !== "");
  const first = lines.map(words).find((all) => all.length > 0 && !all[0].startsWith("#"));
  if (first?.length === 1 && first[0].includes("+")) lines = policyOfKeys(lines);
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
  const members = new Set();
  const expect = (condition, what) => {
    if (!condition) throw new Error(`expected ${what}`);
  };
  const known = (word) => expect(policy.witnesses.has(word) || policy.groups.has(word), `${word} before this line`);
  const free = (word) =>
    expect(!policy.witnesses.has(word) && !policy.groups.has(word) && word !== "none", `another name than ${word}`);
  for (const line of lines) {
    const all = words(line);
    if (all.length === 0 || all[0].startsWith("#")) continue;
    if (all[0] === "log") {
      expect(all.length === 2 || all.length === 3, "log KEY [URL]");
      const key = await parseKey(all[1], NOTE);
      expect(policy.logs.every((other) => !equal(other.raw, key.raw)), "a key that no other log has");
      policy.logs.push(key);
    } else if (all[0] === "witness") {
      expect(all.length === 3 || all.length === 4, "witness NAME KEY [URL]");
      const key = await parseKey(all[2], COSIGNATURE);
      expect([...policy.witnesses.values()].every((other) => !equal(other.raw, key.raw)), "another key");
      free(all[1]);
      policy.witnesses.set(all[1], key);
    } else if (all[0] === "group") {
      expect(all.length >= 4, "group NAME all|any|K MEMBER ...");
      const names = all.slice(3);
      for (const member of names) {
        known(member);
        expect(!members.has(member), `${member} in one group only`);
        members.add(member);
      }
      free(all[1]);
      const needed = { all: names.length, any: 1 }[all[2]] ?? (/^[1-9][0-9]{0,5}$/.test(all[2]) ? +all[2] : 0);
      expect(needed >= 1 && needed <= names.length, `all, any or 1 to ${names.length}`);
      policy.groups.set(all[1], { needed, names });
    } else {
      expect(all[0] === "quorum" && all.length === 2, "log, witness, group or quorum NAME");
      expect(policy.quorum === null, "one quorum line");
      if (all[1] !== "none") known(all[1]);
      policy.quorum = all[1];
    }
  }
  expect(policy.quorum !== null, "a quorum line");
  expect(policy.logs.length > 0, "a key of a log");
  return policy;
}

/** Splits a note; nothing is verified. */
function parseNote(bytes, name) {
  const malformed = (detail, from, to) => new Damage("LEDGER_MALFORMED", name, detail, from, to);
  if (bytes.length > LARGEST) throw malformed(`${bytes.length} bytes`);
  const all = utf8(bytes);
  if (all === null) throw malformed("not UTF-8 without control characters");
  const end = all.lastIndexOf("\n\n");
  if (end < 0 || !all.endsWith("\n") || end + 2 === all.length) throw malformed("no text and signatures");
  const text = all.slice(0, end + 1);
  const lines = all.slice(end + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw malformed(`${lines.length} signatures`);
  const signatures = [];
  const keys = new Set();
  let at = encoder.encode(text).length + 1;
  for (const line of lines) {
    const to = at + encoder.encode(line).length + 1;
    const parts = line.split(" ");
    const decoded = parts.length === 3 ? base64(parts[2]) : null;
    if (decoded === null || decoded.length < 5 || !line.startsWith("\u2014 ") || !isKeyName(parts[1])) {
      throw malformed("not a signature line", at, to);
    }
    const id = hex(decoded.subarray(0, 4));
    if (keys.has(`${parts[1]} ${id}`)) throw malformed("two signatures of one key");
    keys.add(`${parts[1]} ${id}`);
    signatures.push({ name: parts[1], id, bytes: decoded.subarray(4), from: at, to });
    at = to;
  }
  return { text, signatures };
}

const int64 = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0);

/** Whether a key has signed; a signature of it that does not fit is a defect. */
async function hasSigned(note, key, name, latest) {
  const found = note.signatures.find((one) => one.name === key.name && one.id === key.id);
  if (found === undefined) return false;
  let { bytes } = found;
  let message = note.text;
  let right = true;
  if (key.type === COSIGNATURE) {
    const seconds = bytes.length < 8 ? 0n : int64(bytes);
    message = `cosignature/v1\ntime ${seconds}\n${note.text}`;
    bytes = bytes.subarray(8);
    right = seconds > 0n && seconds <= latest;
  }
  if (!right || bytes.length !== 64 || !(await crypto.subtle.verify("Ed25519", key.key, bytes, encoder.encode(message)))) {
    throw new Damage("LEDGER_SIGNATURE_WRONG", name, `of ${key.name}`, found.from, found.to);
  }
  return true;
}

async function parseCheckpoint(text, name) {
  const malformed = (detail) => new Damage("LEDGER_MALFORMED", name, detail);
  const lines = text.split("\n");
  if (lines.length < 4 || lines.slice(0, -1).includes("")) throw malformed("not three or more lines");
  const size = number(lines[1]);
  const root = base64(lines[2]);
  if (size === null) throw malformed("size");
  if (root === null || root.length !== 32) throw malformed("root");
  if (size === 0n && !equal(root, await sha256())) throw new Damage("LEDGER_ROOT_WRONG", name, "root of an empty log");
  return { origin: lines[0], size, root };
}

function holds(policy, name, seen) {
  const group = policy.groups.get(name);
  if (group === undefined) return seen.has(name);
  return group.names.filter((member) => holds(policy, member, seen)).length >= group.needed;
}

/** Verifies a checkpoint; whether it has enough witnesses is only told. */
async function checkCheckpoint(bytes, policy, name, latest) {
  const note = parseNote(bytes, name);
  const checkpoint = await parseCheckpoint(note.text, name);
  const own = policy.logs.filter((key) => key.name === checkpoint.origin);
  if (own.length === 0) throw new Damage("LEDGER_ORIGIN_WRONG", name, checkpoint.origin);
  let signed = false;
  for (const key of own) if (await hasSigned(note, key, name, latest)) signed = true;
  if (!signed) throw new Damage("LEDGER_SIGNER_UNKNOWN", name, "not signed by its log");
  const seen = new Set();
  for (const [witness, key] of policy.witnesses) if (await hasSigned(note, key, name, latest)) seen.add(witness);
  const enough = policy.quorum === "none" || holds(policy, policy.quorum, seen);
  return { ...checkpoint, witnesses: [...seen], enough };
}

/** Whether an entry is in a log (RFC 9162, section 2.1.3.2). */
async function includes(leaf, index, size, proof, root) {
  if (index < 0n || index >= size) return false;
  let node = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      hash = await sha256([1], sibling, hash);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await sha256([1], hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && equal(hash, root);
}

const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,62}$/;
const VALUE = /^[ -~]{0,255}$/;
const PERSONAL =
  /(?<![0-9A-Za-z])([1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])/;

/** Reads a leaf: its time, and of an entry its id and fields. */
function readLeaf(leaf, name) {
  let at = 0;
  const expect = (condition, what) => {
    if (!condition) throw new Damage("LEDGER_LEAF_MALFORMED", name, `byte ${at}: expected ${what}`);
  };
  const take = (length) => {
    expect(at + length <= leaf.length, `${length} bytes more`);
    at += length;
    return leaf.subarray(at - length, at);
  };
  const text = () => String.fromCharCode(...take(take(1)[0]));
  expect(take(1)[0] === 1, "version 1");
  const kind = take(1)[0];
  expect(kind === 1 || kind === 2, "kind 1 or 2");
  const time = int64(take(8));
  expect(time >= 0n, "a time from 1970 on");
  const read = { time, id: null, open: new Map(), closed: new Map() };
  if (kind === 2) {
    try {
      parseNote(leaf.subarray(at), name);
    } catch (error) {
      expect(!(error instanceof Damage), "a note");
      throw error;
    }
    return read;
  }
  read.id = hex(take(16));
  for (const fields of [read.open, read.closed]) {
    let before = "";
    for (let rest = take(1)[0]; rest > 0; rest--) {
      const field = text();
      expect(NAME.test(field) && field > before && !read.open.has(field), "another name");
      before = field;
      const value = fields === read.open ? text() : hex(take(32));
      if (fields === read.open) expect(VALUE.test(value) && !PERSONAL.test(value), "another value");
      fields.set(field, value);
    }
  }
  expect(at === leaf.length, "no bytes behind the end");
  return read;
}

const OPENING =
  /^govcloud ledger opening v1\nfield ([A-Za-z][A-Za-z0-9._-]{0,62})\nkey ([A-Za-z0-9+/]{43}=)\nvalue ([A-Za-z0-9+/=]*)\n$/;

/** The name and value of a field that an opening opens. */
async function open(bytes, leaf, name) {
  const [, field, keyText, valueText] = OPENING.exec(utf8(bytes) ?? "") ?? [];
  const key = base64(keyText ?? "");
  const value = base64(valueText ?? "");
  if (field === undefined || key === null || value === null) {
    throw new Damage("LEDGER_MALFORMED", name, "no opening");
  }
  const mac = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const made = await crypto.subtle.sign("HMAC", mac, join([field.length], field, value));
  if (leaf.closed.get(field) !== hex(new Uint8Array(made))) {
    throw new Damage("LEDGER_OPENING_WRONG", name, `field ${field}`);
  }
  return [field, new TextDecoder().decode(value)];
}

async function checkProof(bytes, policy, latest, name, facts) {
  const malformed = (detail) => new Damage("LEDGER_MALFORMED", name, detail);
  if (bytes.length > LARGEST) throw malformed(`${bytes.length} bytes`);
  const text = utf8(bytes);
  if (text === null) throw malformed("not UTF-8 without control characters");
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, Math.max(end, 0)).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw malformed("first line");
  if (!lines[0]?.startsWith("extra ")) throw new Damage("LEDGER_MISSING", name, "no entry in it");
  const entry = base64(lines.shift().slice(6));
  const index = lines[0]?.startsWith("index ") ? number(lines.shift().slice(6)) : null;
  const hashes = lines.map(base64);
  if (entry === null || index === null || hashes.length > MOST_HASHES) throw malformed("extra, index or hashes");
  if (hashes.some((hash) => hash?.length !== 32)) throw malformed("hash");
  const note = bytes.subarray(encoder.encode(text.slice(0, end + 2)).length);
  const state = await checkCheckpoint(note, policy, `${name}, checkpoint`, latest);
  if (!(await includes(await sha256([0], entry), index, state.size, hashes, state.root))) {
    throw new Damage("LEDGER_PROOF_WRONG", name, `entry ${index} is not in the log of ${state.size} entries`);
  }
  const leaf = readLeaf(entry, name);
  facts.push(["origin", state.origin], ["index", `${index}`], ["size", `${state.size}`]);
  facts.push(["witnesses", state.witnesses.join(" ")], ["time", new Date(Number(leaf.time)).toISOString()]);
  if (leaf.id !== null) facts.push(["id", leaf.id]);
  facts.push(...leaf.open);
  return { leaf, enough: state.enough };
}

/**
 * Checks a proof, and openings of its entry. Says "valid", "invalid" or "incomplete", what is wrong, and what the
 * entry says if the proof holds.
 */
export async function check(proof, policy, openings, now) {
  const findings = [];
  const facts = [];
  try {
    const latest = BigInt(Math.floor(now / 1000) + CLOCKS_DIFFER);
    const { leaf, enough } = await checkProof(proof.bytes, policy, latest, proof.name, facts);
    if (!enough) {
      findings.push(new Damage("LEDGER_WITNESS_MISSING", `${proof.name}, checkpoint`, "too few witnesses").finding);
    }
    for (const opening of openings) facts.push(await open(opening.bytes, leaf, opening.name));
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    findings.push(error.finding);
  }
  const wrong = findings.some((finding) => !INCOMPLETE.has(finding.code));
  return { verdict: wrong ? "invalid" : findings.length > 0 ? "incomplete" : "valid", findings, facts };
}
