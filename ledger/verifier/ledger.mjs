// Checks a whole ledger (docs/ledger-format.md, chapter 7).
import { checkCheckpoint, Damage } from './note.mjs';
import {
  count, ENTRIES, hashesOf, isWithin, leafHash, parsePath, path, places, prefix, readLeaf, rootOf, rootOfLog, WIDTH,
} from './tree.mjs';

const INCOMPLETE = new Set(['LEDGER_WITNESS_MISSING', 'LEDGER_TAIL_UNSIGNED']);

/** 'valid', 'incomplete' or 'invalid'. */
export function verdict(findings) {
  if (findings.length === 0) return 'valid';
  return findings.every(({ defect }) => INCOMPLETE.has(defect)) ? 'incomplete' : 'invalid';
}

/** A file, or the beginning of the full one that has taken its place. */
function readTile(files, name) {
  const file = files.get(path(name));
  if (file !== undefined || name.width === WIDTH) return file;
  const full = files.get(path({ ...name, width: WIDTH }));
  if (full === undefined) return undefined;
  return full.subarray(0, name.level === ENTRIES ? (prefix(full, name.width).at(-1)?.to ?? 0) : name.width * 32);
}

/** The entries of a tile, and their hashes as they follow from them and as they are stored. */
function readPair(files, index, width) {
  const entries = { level: ENTRIES, index, width };
  const hashes = { level: 0, index, width };
  const bundle = readTile(files, entries);
  const tile = readTile(files, hashes);
  const all = bundle === undefined ? null : places(bundle, width);
  const derived = all === null ? null : Buffer.concat(all.map(({ from, to }) => leafHash(bundle.subarray(from, to))));
  const stored = tile?.length === width * 32 ? tile : null;
  const agrees = derived !== null && stored !== null && derived.equals(stored);
  return { entries, hashes, bundle, tile, places: all, derived, stored, agrees };
}

const rootOfFile = (file) => (file === null ? null : rootOf(hashesOf(file)));
const same = (a, b) => a !== null && b !== null && a.equals(b);

function likely(pair, above) {
  const ofEntries = rootOfFile(pair.derived);
  if (pair.agrees || same(ofEntries, above)) return ofEntries;
  const ofTile = rootOfFile(pair.stored);
  return same(ofTile, above) ? ofTile : (ofEntries ?? ofTile);
}

function judgeTile(name, tile, truth, add) {
  const place = path(name);
  if (tile === undefined) add('LEDGER_MISSING', place, 'expected hashes');
  else if (tile.length !== name.width * 32 || truth === null) add('LEDGER_TILE_WRONG', place, 'not what was signed');
  else if (!tile.equals(truth)) {
    let first = 0;
    while (tile[first] === truth[first]) first++;
    let last = tile.length - 1;
    while (tile[last] === truth[last]) last--;
    add('LEDGER_TILE_WRONG', place, 'not what was signed', first, last + 1);
  }
}

function judgePair(pair, truth, add) {
  const place = path(pair.entries);
  if (pair.bundle === undefined) add('LEDGER_MISSING', place, 'expected entries');
  else if (pair.derived === null || truth === null) add('LEDGER_ENTRIES_WRONG', place, 'not what was signed');
  else if (!pair.derived.equals(truth)) {
    const differ = pair.places.filter(
      (_, i) => !pair.derived.subarray(i * 32, i * 32 + 32).equals(truth.subarray(i * 32, i * 32 + 32)),
    );
    add('LEDGER_ENTRIES_WRONG', place, 'not what was signed', differ[0].from, differ.at(-1).to);
  }
  judgeTile(pair.hashes, pair.tile, truth, add);
}

/** Finds what leads to the signed root, and tells whatever differs from it. */
class Walk {
  constructor(files, signed, add, leaves) {
    this.files = files;
    this.signed = signed;
    this.full = Math.floor(signed.size / WIDTH);
    this.rest = signed.size % WIDTH;
    this.truth = null;
    this.edge = Buffer.alloc(0);
    const above = this.readAbove();
    const pairs = [];
    for (let i = 0; i < this.full; i++) pairs.push(readPair(files, i, WIDTH));
    const last = this.rest === 0 ? null : readPair(files, this.full, this.rest);
    for (const pair of [...pairs, ...(last === null ? [] : [last])]) if (pair.agrees) leaves(pair);
    const own = pairs.map((pair, i) => likely(pair, above[i]));
    const edges = last === null ? [this.edge] : [last.derived, last.stored].filter((edge) => edge !== null);
    for (const roots of [own, above]) {
      for (const edge of roots.includes(null) ? [] : edges) {
        if (this.truth === null && rootOfLog(roots, hashesOf(edge)).equals(signed.root)) {
          this.truth = roots;
          this.edge = edge;
        }
      }
    }
    this.judge(pairs, last, add);
  }

  readAbove() {
    const above = [];
    for (let first = 0; first < this.full; first += WIDTH) {
      const width = Math.min(WIDTH, this.full - first);
      const tile = readTile(this.files, { level: 1, index: first / WIDTH, width });
      const right = tile?.length === width * 32;
      for (let k = 0; k < width; k++) above.push(right ? tile.subarray(k * 32, k * 32 + 32) : null);
    }
    return above;
  }

  judge(pairs, last, add) {
    if (this.truth === null) {
      add('LEDGER_ROOT_WRONG', 'checkpoint', 'nothing that is there leads to the signed root');
      for (const pair of [...pairs, ...(last === null ? [] : [last])]) if (!pair.agrees) judgePair(pair, null, add);
      return;
    }
    pairs.forEach((pair, i) => judgePair(pair, withRoot(pair, this.truth[i]), add));
    if (last !== null) judgePair(last, this.edge, add);
    for (let level = 1; count(level, this.signed.size) > 0; level++) {
      const hashes = this.level(level);
      for (let first = 0; first < hashes.length; first += WIDTH) {
        const part = hashes.slice(first, first + WIDTH);
        const name = { level, index: first / WIDTH, width: part.length };
        judgeTile(name, readTile(this.files, name), Buffer.concat(part), add);
      }
    }
  }

  level(level) {
    let hashes = this.truth;
    for (let at = 1; at < level; at++) {
      const next = [];
      for (let i = 0; i + WIDTH <= hashes.length; i += WIDTH) next.push(rootOf(hashes.slice(i, i + WIDTH)));
      hashes = next;
    }
    return hashes;
  }

  /** The true hashes of a tile, or null. */
  hashes({ level, index, width }) {
    let all;
    if (this.truth === null) return null;
    if (level > 0) all = Buffer.concat(this.level(level).slice(index * WIDTH, (index + 1) * WIDTH));
    else if (index === this.full) all = this.edge;
    else all = withRoot(readPair(this.files, index, WIDTH), this.truth[index]);
    return all === null ? null : all.subarray(0, width * 32);
  }

  rootAt(size) {
    if (this.truth === null) return null;
    const tiles = Math.floor(size / WIDTH);
    const width = size % WIDTH;
    const rest = width === 0 ? Buffer.alloc(0) : this.hashes({ level: 0, index: tiles, width });
    return rest === null ? null : rootOfLog(this.truth.slice(0, tiles), hashesOf(rest));
  }
}

function withRoot(pair, root) {
  if (same(rootOfFile(pair.derived), root)) return pair.derived;
  return same(rootOfFile(pair.stored), root) ? pair.stored : null;
}

/**
 * Checks a ledger and those before it (chapter 11).
 *
 * @param lost those before, as [name, files], from the newest to the oldest
 */
export function verifyChain(files, policy, known, lost) {
  let next = verifyLedger(files, policy, known);
  const { findings, size } = next;
  let place = 'entry 0';
  for (const [name, lostFiles] of lost) {
    if (next.signed === null) break;
    if (next.predecessor === null) {
      findings.push({ defect: 'LEDGER_ORIGIN_WRONG', name, from: 0, to: 0, detail: 'followed by none' });
      break;
    }
    const state = next.predecessor;
    next = verifyLedger(lostFiles, policy, new Map([['entry 0 of the ledger behind', state.note]]));
    findings.push(...next.findings.map((one) => ({ ...one, name: `${name}: ${one.name}` })));
    if (next.cosigned?.origin === state.origin && next.cosigned.size > state.size) {
      const detail = `follows at ${state.size}, expected at ${next.cosigned.size}`;
      findings.push({ defect: 'LEDGER_ROLLED_BACK', name: place, from: 0, to: 0, detail });
    }
    place = `${name}: entry 0`;
  }
  return { findings, size };
}

/**
 * Checks a ledger.
 *
 * @param files contents by names
 * @param known checkpoints that were kept, by the names they get in findings
 * @return findings, size, the signed state, the cosigned one if enough witnesses signed it, and the state that it
 *     begins with (predecessor)
 */
export function verifyLedger(files, policy, known) {
  const findings = [];
  const add = (defect, name, detail, from = 0, to = 0) => findings.push({ defect, name, from, to, detail });
  const attempt = (task) => {
    try {
      return task();
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      findings.push(error.finding);
      return null;
    }
  };
  const checkpoint = files.get('checkpoint');
  if (checkpoint === undefined) add('LEDGER_MISSING', 'checkpoint', 'expected a checkpoint');
  const signed = checkpoint && attempt(() => checkCheckpoint(checkpoint, policy, 'checkpoint'));
  if (!signed) return { findings, size: 0, signed: null, cosigned: null, predecessor: null };
  const states = new Map();
  const cosigned = files.get('cosigned');
  if (cosigned !== undefined) states.set('cosigned', attempt(() => checkCheckpoint(cosigned, policy, 'cosigned')));
  else if (policy.quorum !== 'none') add('LEDGER_WITNESS_MISSING', 'cosigned', 'expected a checkpoint');
  if (states.get('cosigned')?.enough === false) add('LEDGER_WITNESS_MISSING', 'cosigned', 'too few witnesses');
  for (const [name, file] of known) states.set(name, attempt(() => checkCheckpoint(file, policy, name)));
  let predecessor = null;
  const follows = (state) => (predecessor = state);
  const walk = new Walk(files, signed, add, (pair) => checkLeaves(pair, signed.origin, policy, follows, add));
  for (const [name, state] of states) {
    if (state === null) continue;
    if (state.origin !== signed.origin) add('LEDGER_ORIGIN_WRONG', name, state.origin);
    else if (state.size > signed.size) add('LEDGER_ROLLED_BACK', 'checkpoint', `${signed.size} < ${state.size}`);
    else if (walk.rootAt(state.size)?.equals(state.root) === false) add('LEDGER_FORKED', name, 'another root');
  }
  checkOthers(files, signed.size, walk, add);
  const newest = states.get('cosigned');
  return { findings, size: signed.size, signed, cosigned: newest?.enough ? newest : null, predecessor };
}

function checkLeaves(pair, origin, policy, follows, add) {
  const first = pair.entries.index * WIDTH;
  pair.places.forEach(({ from, to }, i) => {
    try {
      const lost = readLeaf(pair.bundle.subarray(from, to), `entry ${first + i}`);
      if (lost === null) return;
      if (first + i !== 0) throw new Damage('LEDGER_LEAF_MALFORMED', '', 'a lost log, expected in entry 0 only');
      const state = checkCheckpoint(lost, policy, 'entry 0');
      if (state.origin === origin) throw new Damage('LEDGER_ORIGIN_WRONG', '', 'of this log itself');
      if (!state.enough) throw new Damage('LEDGER_WITNESS_MISSING', '', 'lost log');
      follows({ ...state, note: lost });
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      add(error.finding.defect, path(pair.entries), error.finding.detail, from, to);
    }
  });
}

function checkOthers(files, size, walk, add) {
  const tail = [];
  for (const text of [...files.keys()].filter((one) => one.startsWith('tile/')).sort()) {
    const name = parsePath(text);
    if (name === null) add('LEDGER_FILE_UNKNOWN', text, 'expected the name of a tile');
    else if (!isWithin(name, size)) tail.push(text);
    else if (name.width < WIDTH && name.index * WIDTH + name.width !== count(name.level, size)) {
      checkOlder(name, files.get(text), walk, add);
    }
  }
  if (tail.length > 0) add('LEDGER_TAIL_UNSIGNED', tail[0], 'not covered by the checkpoint');
}

function checkOlder(name, file, walk, add) {
  const truth = walk.hashes({ ...name, level: Math.max(0, name.level) });
  if (truth === null) return;
  if (name.level !== ENTRIES) {
    judgeTile(name, file, truth, add);
    return;
  }
  const all = places(file, name.width) ?? [];
  const derived = Buffer.concat(all.map(({ from, to }) => leafHash(file.subarray(from, to))));
  if (!derived.equals(truth)) add('LEDGER_ENTRIES_WRONG', path(name), 'an older partial bundle');
}
