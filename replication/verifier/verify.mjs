#!/usr/bin/env node
// Checks a replica without any decryption key. Written from docs/replica-format.md alone, in another language than
// Govcloud, with nothing but Node's standard library.
//
//   node verify.mjs FOLDER TRUST.json            one finding a line, exit code 1 if there are any
//   node verify.mjs --changes FOLDER TRUST.json  for tests: each line of standard input is {"name": "hex" or null, ...},
//                                                the replica is checked as if it were changed so
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import { trustedKeys } from './statement.mjs';
import { verifyReplica } from './replica.mjs';

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

function loadTrust(path) {
  const trust = JSON.parse(readFileSync(path, 'utf8'));
  const anchor = trust.anchor ?? {};
  return {
    origin: trust.origin,
    receiver: trust.receiver,
    keys: trustedKeys(trust.keys),
    recoveryKeys: new Set(trust.recoveryKeys),
    generation: BigInt(anchor.generation ?? 0),
    manifestHash: Buffer.from(anchor.manifestHash ?? '', 'hex'),
    cut: BigInt(anchor.cut ?? 0),
    cutHash: Buffer.from(anchor.cutHash ?? '', 'hex'),
  };
}

const given = process.argv.slice(2);
const changes = given[0] === '--changes';
const [folder, trustFile] = changes ? given.slice(1) : given;
if (trustFile === undefined) {
  console.error('usage: node verify.mjs [--changes] FOLDER TRUST.json');
  process.exit(2);
}
const files = load(folder);
const trust = loadTrust(trustFile);
if (changes) {
  for await (const line of createInterface({ input: process.stdin })) {
    const changed = new Map(files);
    for (const [name, hex] of Object.entries(JSON.parse(line))) {
      if (hex === null) changed.delete(name);
      else changed.set(name, Buffer.from(hex, 'hex'));
    }
    console.log(JSON.stringify(verifyReplica(changed, trust)));
  }
} else {
  const { findings, provedCuts } = verifyReplica(files, trust);
  for (const { defect, name, from, to, detail } of findings) {
    console.log(`${defect} ${name}${from === to ? '' : `, bytes ${from} to ${to}`}: ${detail}`);
  }
  console.log(`files ${files.size}, findings ${findings.length}, proved cuts ${provedCuts.join(' ') || 'none'}`);
  process.exit(findings.length === 0 ? 0 : 1);
}
