package govcloud.journal.simulation;

import com.google.protobuf.ByteString;
import govcloud.journal.Position;
import govcloud.journal.RecordHash;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import govcloud.journal.core.LogStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Knows all that was ever written, asked and answered, and says what must never be. */
final class Checker implements Tables.Observer {

  /** What a recovery has to find at least. */
  record Expectation(String entityId, long fromSequence, long acknowledged) {}

  private final World world;
  private final List<Batch> log = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final Map<Long, Integer> indexes = new HashMap<>();
  private final Map<String, List<Entry>> entities = new HashMap<>();
  private final Map<String, Long> acknowledged = new HashMap<>();
  private final Set<ByteString> issued = new HashSet<>();
  private final Map<String, Integer> waiting = new HashMap<>();
  private final Set<ByteString> refused = new HashSet<>();
  private final Set<ByteString> unknown = new HashSet<>();
  private final Set<ByteString> stored = new HashSet<>();
  private final Set<ByteString> chunked = new HashSet<>();
  private final Set<Long> trimmed = new HashSet<>();
  private final Map<String, Integer> recordsOfKey = new HashMap<>();
  private final Set<String> commands = new HashSet<>();
  private UUID holder;
  private long covered;
  private long closed;
  private long highest;
  private long knownOffset = -1;

  Checker(World world) {
    this.world = world;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new Violation(otherwise);
    }
  }

  @Override
  public void appended(long offset, Batch batch, LogStore.Appended answer) {
    if (!answer.applied()) {
      lost(offset, batch, answer.row());
      return;
    }
    world.trace(
        () ->
            "offset "
                + offset
                + ": incarnation "
                + batch.incarnation().getLeastSignificantBits()
                + (batch.takeOver() ? " takes over" : " stores " + names(batch.entries()))
                + (batch.mark() ? " closes " + batch.closedClock() : ""));
    require(offset == log.size(), "log: offset " + offset + " (expected: " + log.size() + ")");
    ByteString last = log.isEmpty() ? RecordHash.NONE : log.get(log.size() - 1).hash();
    require(batch.previousHash().equals(last), "log: chain broken at offset " + offset);
    holder = batch.takeOver() ? batch.incarnation() : holder;
    require(batch.incarnation().equals(holder), "log: a batch of a fenced host at " + offset);
    mark(offset, batch);
    log.add(batch);
    for (int i = 0; i < batch.entries().size(); i++) {
      add(batch.entries().get(i), Position.encode(offset, i));
    }
  }

  private void mark(long offset, Batch batch) {
    require(batch.closedClock() >= closed, "log: offset " + offset + " forgets a closed clock");
    require(
        batch.closedClock() == closed || batch.mark(),
        "log: offset " + offset + " closes a clock and is no mark");
    closed = batch.closedClock();
    require(
        !batch.mark() || highest <= closed, "mark: at offset " + offset + " behind a higher clock");
  }

  /** A host says that a clock is closed at an offset. */
  void closed(long clock, long offset) {
    require(offset < log.size(), "closed before it was stored: offset " + offset);
    Batch mark = log.get((int) offset);
    require(
        mark.mark() && mark.closedClock() == clock, "closed, but not at that offset: " + offset);
  }

  private void add(Entry entry, long position) {
    long clock = entry.record().getHybridClock();
    require(clock > closed, "log: " + name(entry) + " is behind the mark of its clock");
    highest = Math.max(highest, clock);
    List<Entry> before = entities.computeIfAbsent(entry.entityId(), id -> new ArrayList<>());
    require(follows(entry, before), "log: " + name(entry) + " does not follow the one before");
    require(issued.contains(entry.hash()), "log: " + name(entry) + " was invented");
    require(!refused.contains(entry.hash()), "log: " + name(entry) + " was refused");
    require(stored.add(entry.hash()), "log: " + name(entry) + " is there twice");
    String payload = entry.record().getPayload().toStringUtf8();
    String index = payload.substring(0, payload.indexOf(' '));
    require(
        commands.add(entry.record().getCausationId() + "/" + index),
        "log: command " + entry.record().getCausationId() + " is there twice");
    recordsOfKey.merge(entry.record().getCausationId(), 1, Integer::sum);
    before.add(entry);
    indexes.put(position, positions.size());
    positions.add(position);
  }

  private static boolean follows(Entry entry, List<Entry> before) {
    ByteString hash = before.isEmpty() ? RecordHash.NONE : before.get(before.size() - 1).hash();
    return entry.sequence() == before.size() + 1 && entry.record().getPreviousHash().equals(hash);
  }

  private void lost(long offset, Batch batch, Batch there) {
    boolean own = batch.incarnation().equals(there.incarnation());
    require(
        !own || batch.nonce() == there.nonce(),
        "log: two batches of one host for offset " + offset);
    require(
        own || batch.takeOver() || there.takeOver(),
        "log: a serving host lost offset " + offset + " to something else than a take-over");
  }

  @Override
  public void trimming(long offset, List<Batch> stubs) {
    long slowest = world.slowestReader();
    long limit = slowest < 0 ? 0 : Position.of(slowest).offset();
    require(
        offset + stubs.size() <= Math.min(limit, world.tables.watermark()),
        "trim: up to "
            + (offset + stubs.size())
            + ", slowest reader "
            + limit
            + ", watermark "
            + world.tables.watermark());
    world.trace(() -> "trims offsets " + offset + " to " + (offset + stubs.size() - 1));
    for (int i = 0; i < stubs.size(); i++) {
      boolean first = trimmed.add(offset + i);
      world.tally.count(first ? Fault.ROW_TRIMMED : Fault.ROW_TRIMMED_AGAIN);
    }
  }

  @Override
  public void raised(long offset) {
    world.trace(() -> "watermark " + offset);
    require(offset <= log.size(), "watermark: " + offset + ", though the log ends before");
    for (; covered < offset; covered++) {
      for (Entry entry : log.get((int) covered).entries()) {
        require(chunked.contains(entry.hash()), "watermark: " + name(entry) + " is in no chunk");
      }
    }
  }

  @Override
  public void chunked(Chunk chunk) {
    boolean anew = false;
    for (Entry entry : chunk.entries()) {
      require(stored.contains(entry.hash()), "chunk: " + name(entry) + " is not in the log");
      anew |= chunked.add(entry.hash());
    }
    if (!anew) {
      world.tally.count(Fault.CHUNK_WRITTEN_AGAIN);
    }
  }

  @Override
  public void missed(long offset) {
    world.tally.count(Fault.ROW_MISSED_BY_A_PLAIN_READ);
  }

  void issued(Entry entry) {
    issued.add(entry.hash());
    waiting.merge(place(entry), 1, Integer::sum);
  }

  /** A request was answered, in whatever way. */
  void answered(List<Entry> entries) {
    entries.forEach(entry -> waiting.merge(place(entry), -1, Integer::sum));
  }

  private static String place(Entry entry) {
    return entry.entityId() + " " + entry.sequence();
  }

  void acknowledged(List<Entry> entries, Position last) {
    world.trace(() -> "acknowledged " + names(entries) + " at " + last);
    require(last.offset() < log.size(), "acknowledged before it was stored: " + names(entries));
    List<Entry> there = log.get((int) last.offset()).entries();
    int from = last.index() + 1 - entries.size();
    boolean same =
        from >= 0
            && last.index() < there.size()
            && there.subList(from, last.index() + 1).equals(entries);
    require(same, "acknowledged, but not at that position: " + names(entries));
    Entry newest = entries.get(entries.size() - 1);
    acknowledged.merge(newest.entityId(), newest.sequence(), Math::max);
    world.tally.countAcknowledged(entries.size());
  }

  void unknown(List<Entry> entries) {
    world.trace(() -> "unknown " + names(entries));
    world.tally.count(Fault.OUTCOME_UNKNOWN);
    entries.forEach(entry -> unknown.add(entry.hash()));
  }

  /** Surely not stored: rejected for what it is, or never sent. */
  void refused(List<Entry> entries, boolean rejected) {
    world.trace(() -> (rejected ? "rejected " : "not stored ") + names(entries));
    world.tally.count(rejected ? Fault.REQUEST_REJECTED : Fault.REQUEST_UNAVAILABLE);
    for (Entry entry : entries) {
      require(!stored.contains(entry.hash()), "refused, though stored: " + name(entry));
      refused.add(entry.hash());
    }
    Entry first = entries.get(0);
    // An entity that ended left another record for that place, which waits in front of this one.
    boolean outrun = waiting.get(place(first)) > 0;
    boolean right = follows(first, entities.getOrDefault(first.entityId(), List.of()));
    require(!rejected || !right || outrun, "rejected, though it follows: " + name(first));
  }

  Expectation recoveryBegins(String entityId, long fromSequence) {
    return new Expectation(entityId, fromSequence, acknowledged.getOrDefault(entityId, 0L));
  }

  void recovered(Expectation expected, List<Entry> entries) {
    List<Entry> there = entities.getOrDefault(expected.entityId(), List.of());
    int from = (int) expected.fromSequence() - 1;
    int end = from + entries.size();
    world.trace(() -> "recovered " + expected + " to sequence " + end);
    require(end >= expected.acknowledged(), "recovery misses acknowledged records: " + expected);
    require(end <= there.size(), "recovery found more than the log has: " + expected);
    require(there.subList(from, end).equals(entries), "recovery differs: " + expected);
  }

  /** An entity says how far it has got, storing nothing. */
  void answered(Expectation expected, long sequence) {
    int there = entities.getOrDefault(expected.entityId(), List.of()).size();
    world.trace(() -> "answered " + expected + ": sequence " + sequence);
    require(sequence >= expected.acknowledged(), "an old answer: " + sequence + ", " + expected);
    require(sequence <= there, "an answer beyond the log: " + sequence + ", " + expected);
  }

  /** A reader gets a record, the next after the one it saw before. */
  void read(long before, long position, Entry entry) {
    int expected = before < 0 ? 0 : indexes.get(before) + 1;
    Integer index = indexes.get(position);
    require(
        index != null && index == expected,
        "reader: position " + Position.of(position) + " after " + before);
    Position of = Position.of(position);
    require(
        log.get((int) of.offset()).entries().get(of.index()).equals(entry),
        "reader: another record at " + of);
  }

  void requireAllRead(long seen, String reader) {
    int count = seen < 0 ? 0 : indexes.get(seen) + 1;
    require(count == positions.size(), reader + ": saw " + count + " of " + positions.size());
  }

  /** A host says that a record at a position is stored. */
  void advanced(long position) {
    require(indexes.containsKey(position), "advanced to " + position + ", which is not stored");
    knownOffset = Math.max(knownOffset, Position.of(position).offset());
  }

  /** The highest offset of which readers were told. */
  long knownOffset() {
    return knownOffset;
  }

  /** The number of rows ever written. */
  int rows() {
    return log.size();
  }

  void requireStored(String key, int records) {
    int there = recordsOfKey.getOrDefault(key, 0);
    require(there == records, "command " + key + ": " + there + " records of " + records);
  }

  /** From now on a recovery has to find everything, acknowledged or not. */
  void requireFullRecovery(String entityId) {
    acknowledged.put(entityId, (long) entities.getOrDefault(entityId, List.of()).size());
  }

  /** Counts the unknown outcomes that were stored after all. */
  void end() {
    unknown.stream()
        .filter(stored::contains)
        .forEach(hash -> world.tally.count(Fault.UNKNOWN_OUTCOME_STORED));
  }

  private static String names(List<Entry> entries) {
    return entries.stream().map(Checker::name).toList().toString();
  }

  private static String name(Entry entry) {
    return entry.entityId()
        + " "
        + entry.sequence()
        + " ("
        + entry.record().getCausationId()
        + ", attempt "
        + entry.record().getPayload().toStringUtf8()
        + ")";
  }
}
