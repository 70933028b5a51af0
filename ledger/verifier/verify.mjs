#!/usr/bin/env node
// Checks ledgers and proofs. Written from docs/ledger-format.md and the specifications it names alone, in another
// language than Govcloud, with nothing but Node's standard library. Exit codes: 0 valid, 1 invalid, 2 incomplete,
// 3 wrong usage.
//
//   node verify.mjs FOLDER POLICY [KNOWN ...] [--lost FOLDER ...]
//       a ledger; KNOWN are checkpoints that somebody kept, behind --lost are the ledgers before it, the newest first
//   node verify.mjs --proof PROOF POLICY         a .tlog-proof with its entry
//   node verify.mjs --changes FOLDER POLICY [KNOWN ...]
//       for tests: each line of standard input is {"name": "hex" or null, ...}, the ledger is checked as if it were
//       changed so
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { verdict, verifyChain, verifyLedger } from './ledger.mjs';
import { base64, checkCheckpoint, Damage, number, parsePolicy } from './note.mjs';
import { includes, leafHash, readLeaf } from './tree.mjs';

const EXIT = { valid: 0, invalid: 1, incomplete: 2 };

function load(folder) {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) {
      const path = join(entry.path ?? entry.parentPath, entry.name);
      files.set(relative(folder, path).split(sep).join('/'), readFileSync(path));
    }
  }
  return files;
}

/** The findings of a proof. */
function checkProof(file, name, policy) {
  const malformed = (detail) => new Damage('LEDGER_MALFORMED', name, detail);
  try {
    const text = file.toString('utf8');
    const end = text.indexOf('\n\n');
    const lines = text.slice(0, Math.max(end, 0)).split('\n');
    if (lines.shift() !== 'c2sp.org/tlog-proof@v1') throw malformed('first line');
    if (!lines[0]?.startsWith('extra ')) throw new Damage('LEDGER_MISSING', name, 'no entry in it');
    const entry = base64(lines.shift().slice(6));
    const index = lines[0]?.startsWith('index ') ? number(lines.shift().slice(6)) : null;
    const hashes = lines.map(base64);
    if (entry === null || index === null || hashes.length > 63) throw malformed('extra, index or hashes');
    if (hashes.some((hash) => hash?.length !== 32)) throw malformed('hash');
    const state = checkCheckpoint(file.subarray(Buffer.byteLength(text.slice(0, end + 2))), policy, `${name}, checkpoint`);
    if (!includes(leafHash(entry), index, BigInt(state.size), hashes, state.root)) {
      throw new Damage('LEDGER_PROOF_WRONG', name, 'the entry is not in the log');
    }
    readLeaf(entry, name);
    return state.enough ? [] : [{ defect: 'LEDGER_WITNESS_MISSING', name, from: 0, to: 0, detail: 'too few' }];
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return [error.finding];
  }
}

function show(findings, what) {
  for (const { defect, name, from, to, detail } of findings) {
    console.log(`${defect} ${name}${from === to ? '' : `, bytes ${from} to ${to}`}: ${detail}`);
  }
  console.log(`${what}${findings.length} findings, ${verdict(findings)}`);
  process.exit(EXIT[verdict(findings)]);
}

const given = process.argv.slice(2);
const mode = ['--proof', '--changes'].includes(given[0]) ? given.shift() : '';
const end = given.includes('--lost') ? given.indexOf('--lost') : given.length;
const lostFolders = given.slice(end + 1);
const [place, policyFile, ...kept] = given.slice(0, end);
let policy;
let files;
let known;
let lost;
try {
  policy = parsePolicy(readFileSync(policyFile, 'utf8'));
  policy.latest = BigInt(Math.floor(Date.now() / 1000) + 300);
  files = mode === '--proof' ? new Map() : load(place);
  known = new Map(kept.map((file) => [basename(file), readFileSync(file)]));
  lost = lostFolders.map((folder) => [folder, load(folder)]);
} catch (error) {
  const usage = '[--proof | --changes] FOLDER|PROOF POLICY [KNOWN ...] [--lost FOLDER ...]';
  console.error(`usage: node verify.mjs ${usage} (${error.message})`);
  process.exit(3);
}
if (mode === '--proof') {
  show(checkProof(readFileSync(place), basename(place), policy), '');
} else if (mode === '--changes') {
  for await (const line of createInterface({ input: process.stdin })) {
    const changed = new Map(files);
    for (const [name, hex] of Object.entries(JSON.parse(line))) {
      if (hex === null) changed.delete(name);
      else changed.set(name, Buffer.from(hex, 'hex'));
    }
    const { findings, size } = verifyLedger(changed, policy, known);
    console.log(JSON.stringify({ findings, size }));
  }
} else {
  const { findings, size } = verifyChain(files, policy, known, lost);
  show(findings, `${size} entries, `);
}
