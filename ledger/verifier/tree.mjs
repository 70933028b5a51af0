// Hashes, tiles, entries and leaves of a ledger (docs/ledger-format.md, chapters 2 and 4; RFC 6962).
import { Damage, parseNote, sha256 } from './note.mjs';

export const WIDTH = 256;
export const ENTRIES = -1;
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

export const leafHash = (entry) => sha256(LEAF, entry);
const nodeHash = (left, right) => sha256(NODE, left, right);

/** The root over hashes of one height, as RFC 6962, section 2.1, defines it. */
export function rootOf(hashes) {
  if (hashes.length === 0) return sha256();
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/** The root of a log that consists of full tiles, given by their roots, and a rest of leaves. */
export function rootOfLog(tiles, rest) {
  if (rest.length === 0) return rootOf(tiles);
  if (tiles.length === 0) return rootOf(rest);
  let split = 1;
  // The left part is a power of two of leaves below the whole; it never ends within the rest.
  while (split * 2 <= tiles.length) split *= 2;
  return nodeHash(rootOf(tiles.slice(0, split)), rootOfLog(tiles.slice(split), rest));
}

export function hashesOf(file) {
  const hashes = [];
  for (let at = 0; at + 32 <= file.length; at += 32) hashes.push(file.subarray(at, at + 32));
  return hashes;
}

/** Whether an entry is in a log (RFC 9162, section 2.1.3.2). */
export function includes(leaf, index, size, proof, root) {
  if (index < 0n || index >= size) return false;
  let node = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if ((node & 1n) === 1n || node === last) {
      hash = nodeHash(sibling, hash);
      while ((node & 1n) === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && hash.equals(root);
}

/** Hashes of a level in the tiles of a log. */
export const count = (level, size) => Math.floor(size / WIDTH ** Math.max(0, level));

export function path({ level, index, width }) {
  let name = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    name = `x${String(rest % 1000).padStart(3, '0')}/${name}`;
  }
  return `tile/${level === ENTRIES ? 'entries' : level}/${name}${width === WIDTH ? '' : `.p/${width}`}`;
}

export function parsePath(text) {
  const found = /^tile\/(entries|[0-7])\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(text);
  if (found === null) return null;
  const level = found[1] === 'entries' ? ENTRIES : Number(found[1]);
  const width = found[3] === undefined ? WIDTH : Number(found[3]);
  const name = { level, index: Number(found[2].replace(/[x/]/g, '')), width };
  return width <= WIDTH && path(name) === text ? name : null;
}

export const isWithin = ({ level, index, width }, size) => index * WIDTH + width <= count(level, size);

/** Where the first entries of a bundle lie, as far as they are whole. */
export function prefix(file, most) {
  const places = [];
  let at = 0;
  while (places.length < most && at + 2 <= file.length) {
    const from = at + 2;
    const to = from + file.readUInt16BE(at);
    if (to > file.length) break;
    places.push({ from, to });
    at = to;
  }
  return places;
}

/** The places of exactly so many entries, or null. */
export function places(file, exactly) {
  const all = prefix(file, exactly);
  return all.length === exactly && (all.at(-1)?.to ?? 0) === file.length ? all : null;
}

const NAME = /^[A-Za-z][A-Za-z0-9._-]{0,62}$/;
const VALUE = /^[ -~]{0,255}$/;
const PERSONAL =
  /(?<![0-9A-Za-z])([1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])/;

/** Reads a leaf; gives the lost log's checkpoint if it is a succession, else null. */
export function readLeaf(leaf, name) {
  let at = 0;
  const expect = (condition, what) => {
    if (!condition) throw new Damage('LEDGER_LEAF_MALFORMED', name, `byte ${at}: expected ${what}`);
  };
  const take = (length) => {
    expect(at + length <= leaf.length, `${length} bytes more`);
    at += length;
    return leaf.subarray(at - length, at);
  };
  const text = () => take(take(1)[0]).toString('latin1');
  expect(take(1)[0] === 1, 'version 1');
  const kind = take(1)[0];
  expect(kind === 1 || kind === 2, 'kind 1 or 2');
  expect(take(8).readBigInt64BE() >= 0n, 'a time from 1970 on');
  if (kind === 2) {
    const note = leaf.subarray(at);
    try {
      parseNote(note, name);
    } catch (error) {
      expect(!(error instanceof Damage), 'a note');
      throw error;
    }
    return note;
  }
  take(16);
  const names = new Set();
  for (const isOpen of [true, false]) {
    let before = '';
    for (let rest = take(1)[0]; rest > 0; rest--) {
      const field = text();
      expect(NAME.test(field) && field > before && !names.has(field), 'another name');
      names.add(field);
      before = field;
      const value = isOpen ? text() : take(32).toString('latin1');
      if (isOpen) expect(VALUE.test(value) && !PERSONAL.test(value), 'another value');
    }
  }
  expect(at === leaf.length, 'no bytes behind the end');
  return null;
}
