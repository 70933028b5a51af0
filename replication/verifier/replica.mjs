// A whole replica: what must fit together (docs/replica-format.md, chapter 8).
import { blobAddress, blobName, checkBlob } from './blobs.mjs';
import { Damage, PREFIX } from './statement.mjs';
import { countersignature, cut, long, manifest, merkleRoot, receipt, segment } from './formats.mjs';

const FOLDERS = { gseg: 'segments', grcp: 'receipts', gman: 'manifests', gcut: 'cuts', gcnt: 'cuts' };

function place(name) {
  const sliced = /^(segments|receipts)\/(\d{5})\/(\d{19})\.(gseg|grcp)$/.exec(name);
  const plain = /^(manifests|cuts)\/(\d{19})\.(gman|gcut|gcnt)$/.exec(name);
  const found = sliced ?? plain;
  if (found === null) return null;
  const kind = found[found.length - 1];
  const at = { kind, slice: sliced ? Number(found[2]) : 0, number: BigInt(found[sliced ? 3 : 2]) };
  return FOLDERS[kind] === found[1] && at.number >= 1n ? at : null;
}

function nameOf(kind, slice, number) {
  const file = `${String(number).padStart(19, '0')}.${kind}`;
  const sliced = kind === 'gseg' || kind === 'grcp';
  return sliced ? `${FOLDERS[kind]}/${String(slice).padStart(5, '0')}/${file}` : `${FOLDERS[kind]}/${file}`;
}

/** Checks a replica. `files` maps names to bytes; gives the findings and the cuts that are proved. */
export function verifyReplica(files, trust) {
  return new Verifier(files, trust).run();
}

class Verifier {
  constructor(files, trust) {
    this.files = files;
    this.trust = trust;
    this.findings = [];
    this.named = new Map();
    this.lasts = new Map();
    this.proved = [];
    this.tenants = new Map();
    this.blobs = new Map();
    this.usable = new Map();
    this.deletedTo = 0n;
    this.stating = null;
    this.settled = new Map();
  }

  run() {
    this.chain();
    this.manifests();
    this.slices();
    this.cuts();
    for (const walk of this.sorted()) this.advance(walk, null);
    for (const name of this.files.keys()) {
      const address = blobAddress(name);
      if (address !== null) this.blob(address);
    }
    return { findings: this.findings, provedCuts: this.proved };
  }

  whole(defect, name, detail) {
    this.findings.push({ defect, name, from: 0, to: 0, detail });
  }

  attempt(check) {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.findings.push(error.finding);
      return null;
    }
  }

  read(kind, slice, number, check) {
    const name = nameOf(kind, slice, number);
    const file = this.files.get(name);
    if (file === undefined) {
      this.whole('REPLICA_MISSING', name, 'something that is there needs it');
      return null;
    }
    return this.attempt(() => check(name, { slice, number }, file, this.trust));
  }

  last(kind) {
    let last = 0n;
    for (const name of this.files.keys()) {
      const at = place(name);
      if (at !== null && at.kind === kind && at.number > last) last = at.number;
    }
    return last;
  }

  /** One that a later one does not contradict, or null. */
  uncontradicted(kind, number, expected, check) {
    const found = this.read(kind, 0, number, check);
    if (found !== null && expected !== null && !found.hash.equals(expected)) {
      this.whole('REPLICA_FORKED', nameOf(kind, 0, number), 'a later one continues another one');
      return null;
    }
    return found;
  }

  rolledBack(kind, last, anchorNumber) {
    if (last < anchorNumber) {
      this.whole('REPLICA_ROLLED_BACK', nameOf(kind, 0, anchorNumber), `the last one is ${last}`);
    }
  }

  /** Cuts from the last to the first: each vouches for the one before, and says what was deleted. */
  chain() {
    const lastCut = this.last('gcut');
    const lastCountersignature = this.last('gcnt');
    this.lastCut = lastCut > lastCountersignature ? lastCut : lastCountersignature;
    let expected = null;
    for (let number = this.lastCut; number >= 1n; number--) {
      if (number === this.trust.cut) expected = this.trust.cutHash;
      const gone = number <= this.deletedTo && !this.files.has(nameOf('gcut', 0, number));
      const found = gone ? null : this.uncontradicted('gcut', number, expected, cut);
      expected = found === null ? null : found.statement.previousCut;
      if (found === null) continue;
      const s = found.statement;
      this.usable.set(number, found);
      if (s.deletedTo > this.deletedTo) this.deletedTo = s.deletedTo;
      if (this.stating === null && s.manifestsTo > 0n) this.stating = found;
      if (this.deletedTo > 0n && number > this.deletedTo) {
        this.settled = new Map(s.slices.map((end) => [end.slice, end.segment]));
      }
    }
    this.rolledBack('gcut', this.lastCut, this.trust.cut);
  }

  contradict(found, detail) {
    this.findings.push(found.about('REPLICA_MISMATCH', detail).finding);
  }

  /** Manifests from the last to the first, or to where they begin. */
  manifests() {
    const begun = this.stating?.statement.manifestsTo ?? 0n;
    const last = this.last('gman');
    this.rolledBack('gman', last, this.trust.generation);
    const before = this.findings.length;
    this.lowest = new Map();
    let expected = null;
    let generation = begun > 0n && last <= begun ? begun + 1n : last;
    for (; generation >= 1n; generation--) {
      if (generation === this.trust.generation) expected = this.trust.manifestHash;
      if (generation === begun) expected = this.begun(expected);
      if (generation <= begun && !this.files.has(nameOf('gman', 0, generation))) break;
      expected = this.takeManifest(generation, expected);
    }
    if (this.findings.length > before) return;
    if (generation === 0n) {
      for (const first of this.lowest.values()) if (first.number !== 1n) this.leftOut(first.generation);
      return;
    }
    for (const [slice, end] of this.settled) {
      const first = this.lowest.get(slice);
      if (first === undefined || first.number > end) this.contradict(this.stating, `slice ${slice}: begins later`);
    }
  }

  begun(named) {
    const { manifestsHash } = this.stating.statement;
    if (named === null || named.equals(manifestsHash)) return manifestsHash;
    this.contradict(this.stating, 'the manifest behind continues another one');
    return named;
  }

  leftOut(generation) {
    this.whole('REPLICA_GAP', nameOf('gman', 0, generation), 'numbers are left out');
  }

  takeManifest(generation, expected) {
    const found = this.uncontradicted('gman', generation, expected, manifest);
    if (found === null) {
      this.lowest.clear();
      return null;
    }
    for (const entry of [...found.statement.segments].reverse()) {
      const behind = this.lowest.get(entry.slice);
      if (behind !== undefined && behind.number !== entry.number + 1n) this.leftOut(behind.generation);
      this.lowest.set(entry.slice, { number: entry.number, generation });
      this.named.set(nameOf('gseg', entry.slice, entry.number), entry.hash);
      this.atLeast(entry.slice, entry.number);
    }
    return found.statement.previousManifest;
  }

  atLeast(slice, number) {
    const last = this.lasts.get(slice) ?? 0n;
    this.lasts.set(slice, number > last ? number : last);
  }

  slices() {
    const receipts = new Map();
    for (const name of this.files.keys()) {
      const at = place(name);
      if (at === null) continue;
      if (at.kind === 'gseg' || at.kind === 'grcp') this.atLeast(at.slice, at.number);
      if (at.kind === 'grcp' && at.number > (receipts.get(at.slice) ?? 0n)) receipts.set(at.slice, at.number);
    }
    this.walks = new Map();
    for (const [slice, last] of this.lasts) {
      const head = { slice, number: 0n, hash: Buffer.alloc(0), nextOffset: 0n, chain: Buffer.alloc(0) };
      this.walks.set(slice, {
        slice, last, lastReceipt: receipts.get(slice) ?? 0n, next: 1n, peeked: 0n, ahead: null, head, complete: true,
      });
    }
  }

  sorted() {
    return [...this.walks.values()].sort((a, b) => a.slice - b.slice);
  }

  peek(walk) {
    if (walk.next <= walk.last && walk.next > walk.peeked) {
      walk.peeked = walk.next;
      walk.ahead = this.read('gseg', walk.slice, walk.next, segment);
      const name = nameOf('gseg', walk.slice, walk.next);
      const named = this.named.get(name);
      if (walk.ahead !== null && named !== undefined && !named.equals(walk.ahead.hash)) {
        this.whole('REPLICA_FORKED', name, 'the manifest names another one');
        walk.ahead = null;
      }
    }
    return walk.ahead;
  }

  advance(walk, number) {
    while (walk.next <= walk.last && (number === null || walk.next <= number)) {
      const found = this.peek(walk);
      const at = walk.next;
      walk.ahead = null;
      walk.next++;
      if (found === null) walk.complete = false;
      else this.take(walk, found);
      if (at <= walk.lastReceipt) this.takeReceipt(walk.slice, at, found);
    }
    this.peek(walk);
  }

  take(walk, found) {
    const s = found.statement;
    const { head } = walk;
    const continues = s.number === head.number + 1n && s.previousSegment.equals(head.hash)
      && s.firstOffset === head.nextOffset && s.chainBefore.equals(head.chain);
    if (walk.complete && !continues) {
      this.whole('REPLICA_GAP', found.name, 'does not continue the segment before');
    }
    if (walk.complete) this.takeEntities(found);
    walk.head = found.head;
  }

  takeEntities(found) {
    for (const part of found.statement.parts.slice(1)) {
      const key = part.tenant.toString('hex');
      if (!this.tenants.has(key)) this.tenants.set(key, { tenant: part.tenant, records: 0n, ends: new Map() });
      const tenant = this.tenants.get(key);
      for (const span of part.entities) {
        const id = span.entity.toString('hex');
        const end = tenant.ends.get(id)?.sequence ?? 0n;
        if (span.from !== end + 1n) this.whole('REPLICA_ENTITY_GAP', found.name, `entity ${id}: from ${span.from}`);
        tenant.ends.set(id, { entity: span.entity, sequence: span.to, chain: span.chain });
        tenant.records += span.to - span.from + 1n;
      }
    }
  }

  takeReceipt(slice, number, found) {
    const gone = number < (this.settled.get(slice) ?? 0n) && !this.files.has(nameOf('grcp', slice, number));
    if (gone) return;
    const checked = this.read('grcp', slice, number, receipt);
    if (checked === null || found === null) return;
    const s = checked.statement;
    const { head } = found;
    if (!s.segmentHash.equals(head.hash) || s.lastOffset + 1n !== head.nextOffset || !s.chain.equals(head.chain)) {
      this.findings.push(checked.about('REPLICA_MISMATCH', 'for another segment').finding);
    }
  }

  cuts() {
    for (let number = 1n; number <= this.lastCut; number++) {
      let found = this.usable.get(number) ?? null;
      if (found !== null && !this.prove(found)) found = null;
      if (found !== null) this.listedBlobs(found);
      if (this.files.has(nameOf('gcnt', 0, number))) this.checkCountersignature(number, found);
    }
  }

  listedBlobs(found) {
    let other = null;
    for (const listed of found.statement.blobs) {
      const length = this.blob(listed.address);
      if (length !== null && BigInt(length) !== listed.length) other ??= blobName(listed.address);
    }
    if (other !== null) this.findings.push(found.about('REPLICA_MISMATCH', `${other}: another length`).finding);
  }

  /** Looks at an attachment once; its length where it is right, else null. */
  blob(address) {
    const name = blobName(address);
    if (!this.blobs.has(name)) {
      const file = this.files.get(name);
      let length = null;
      if (file === undefined) {
        this.whole('REPLICA_MISSING', name, 'a cut lists it');
      } else {
        this.attempt(() => {
          checkBlob(address, file, this.trust);
          length = file.length;
        });
      }
      this.blobs.set(name, length);
    }
    return this.blobs.get(name);
  }

  checkCountersignature(number, found) {
    const checked = this.read('gcnt', 0, number, countersignature);
    if (checked === null || found === null) return;
    const s = checked.statement;
    if (!s.cutHash.equals(found.hash) || !s.root.equals(found.statement.root)
        || s.records !== found.statement.records) {
      this.findings.push(checked.about('REPLICA_MISMATCH', 'of another cut').finding);
    }
  }

  /** False when the segments contradict the cut. */
  prove(found) {
    const s = found.statement;
    const ends = new Map(s.slices.map((end) => [end.slice, end]));
    for (const walk of this.sorted()) this.advance(walk, ends.get(walk.slice)?.segment ?? 0n);
    if (!this.sorted().every((walk) => walk.complete)) return true;
    const contradiction = this.contradiction(s);
    if (contradiction !== null) {
      this.findings.push({
        defect: 'REPLICA_MISMATCH', name: found.name, from: PREFIX, to: PREFIX + found.statementLength,
        detail: contradiction,
      });
      return false;
    }
    this.proved.push(Number(s.number));
    return true;
  }

  contradiction(s) {
    for (const end of s.slices) {
      const walk = this.walks.get(end.slice);
      if (walk === undefined || walk.head.number !== end.segment || !walk.head.hash.equals(end.segmentHash)) {
        return `slice ${end.slice}: ends with another segment`;
      }
    }
    for (const walk of this.sorted()) {
      const next = walk.ahead?.statement;
      if (next !== undefined && next.records > 0n && next.highestClock <= s.closedClock) {
        return `slice ${walk.slice}: leaves records out`;
      }
    }
    const tenants = [...this.tenants.values()].sort((a, b) => a.tenant.compare(b.tenant));
    if (tenants.length !== s.tenants.length) return 'other tenants';
    for (let i = 0; i < tenants.length; i++) {
      const ends = [...tenants[i].ends.values()].sort((a, b) => a.entity.compare(b.entity));
      const root = merkleRoot(ends.map((e) => Buffer.concat([e.entity, long(e.sequence), e.chain])));
      const named = s.tenants[i];
      if (!named.tenant.equals(tenants[i].tenant) || named.entities !== BigInt(ends.length)
          || named.records !== tenants[i].records || !named.root.equals(root)) {
        return `tenant ${named.tenant.toString('hex')}: the segments tell otherwise`;
      }
    }
    return null;
  }
}
