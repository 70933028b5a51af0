package govcloud.journal.simulation;

import com.google.protobuf.ByteString;
import govcloud.journal.DamagedEntityException;
import govcloud.journal.DamagedLogException;
import govcloud.journal.OutcomeUnknownException;
import govcloud.journal.Position;
import govcloud.journal.RecordHash;
import govcloud.journal.RecordRejectedException;
import govcloud.journal.core.Entry;
import govcloud.journal.core.SliceHost;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * An entity in memory on one node: recovers, decides, stores, answers; recognises commands by their
 * keys; ends at the first failure. Some have several writes under way, which the journal allows.
 */
final class Entity {

  /**
   * What a client asks.
   *
   * @param key the same whenever it is asked again
   * @param size how many records it gives, stored together
   * @param reply true: stored
   */
  record Command(String key, int size, Consumer<Boolean> reply) implements Message {}

  /**
   * What somebody wants to know.
   *
   * @param reply the sequence of the last record; never where the entity ends before
   */
  record Look(LongConsumer reply) implements Message {}

  /** What comes in. */
  sealed interface Message {}

  private final World world;
  private final Node node;
  private final String id;
  private final int mostUnderWay;
  private final Set<String> keys = new HashSet<>();
  private final ArrayDeque<Message> inbox = new ArrayDeque<>();
  private final List<Command> underWay = new ArrayList<>();
  private long sequence;
  private long clock;
  private ByteString hash = RecordHash.NONE;
  private boolean ready;
  private boolean stopped;

  Entity(World world, Node node, String id) {
    this.world = world;
    this.node = node;
    this.id = id;
    this.mostUnderWay = world.chance(0.4) ? 3 : 1;
  }

  String id() {
    return id;
  }

  void start() {
    SliceHost host = node.hosting();
    if (host == null) {
      node.later(0, this::stop);
      return;
    }
    World.Snapshot snapshot = world.chance(0.5) ? world.snapshots.get(id) : null;
    if (snapshot != null) {
      sequence = snapshot.sequence();
      hash = snapshot.hash();
      keys.addAll(snapshot.keys());
    }
    if (world.chance(0.25)) {
      // As if it had been recovered elsewhere: the host may be the one who is behind.
      node.scan(id, sequence + 1, this::recovered);
      return;
    }
    Checker.Expectation expected = world.checker.recoveryBegins(id, sequence + 1);
    host.recover(
        id,
        sequence + 1,
        (entries, failure) -> {
          if (failure == null) {
            world.tally.countRecovery();
            world.checker.recovered(expected, entries);
            recovered(entries);
          } else {
            requireNoDamage(failure);
            stop();
          }
        });
  }

  private void recovered(List<Entry> entries) {
    if (stopped) {
      return;
    }
    for (Entry entry : entries) {
      sequence = entry.sequence();
      hash = entry.hash();
      clock = Math.max(clock, entry.record().getHybridClock());
      keys.add(entry.record().getCausationId());
    }
    ready = true;
    step();
  }

  void take(Message message) {
    inbox.add(message);
    step();
  }

  private void step() {
    while (ready && !stopped && !inbox.isEmpty() && underWay.size() < mostUnderWay) {
      Message message = inbox.remove();
      if (message instanceof Look look) {
        answer(look);
        continue;
      }
      Command command = (Command) message;
      if (keys.contains(command.key())) {
        world.tally.count(Fault.REPETITION_RECOGNISED);
        command.reply().accept(true);
      } else if (underWay.stream().anyMatch(other -> other.key().equals(command.key()))) {
        command.reply().accept(false);
      } else {
        store(command);
      }
    }
  }

  /** From memory, when its host says that this is all there is. */
  private void answer(Look look) {
    SliceHost host = node.hosting();
    if (host == null) {
      stop();
    } else {
      host.confirm(id, (last, failure) -> confirmed(look, last, failure));
    }
  }

  private void confirmed(Look look, Long last, Throwable failure) {
    if (failure != null) {
      requireNoDamage(failure);
    } else if (stopped || last > stored()) {
      world.tally.count(Fault.ENTITY_OVERTAKEN);
      stop();
    } else {
      world.trace(() -> node + " answers: " + id);
      look.reply().accept(stored());
    }
  }

  /** The sequence of the last record that is surely stored. */
  private long stored() {
    return sequence - underWay.stream().mapToInt(Command::size).sum();
  }

  private void store(Command command) {
    SliceHost host = node.hosting();
    if (host == null) {
      inbox.addFirst(command);
      stop();
      return;
    }
    if (!underWay.isEmpty()) {
      world.tally.count(Fault.ENTITY_WITH_SEVERAL_WRITES_UNDER_WAY);
    }
    underWay.add(command);
    disturb();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < command.size(); i++) {
      Entry entry = next(command.key(), i);
      world.checker.issued(entry);
      entries.add(entry);
      sequence = entry.sequence();
      hash = entry.hash();
    }
    boolean[] answered = new boolean[1];
    host.persist(
        entries,
        (position, failure) -> {
          if (answered[0]) {
            throw new Violation("a request was answered twice");
          }
          answered[0] = true;
          world.checker.answered(entries);
          settled(command, entries, position, failure);
        });
  }

  /** While its records are on their way, it is read, or ends. */
  private void disturb() {
    if (world.troubled() && world.chance(0.08)) {
      node.later(world.between(0, 30), () -> node.recoverAside(id));
    }
    if (world.troubled() && world.chance(0.04)) {
      world.tally.count(Fault.ENTITY_CRASHED);
      node.later(world.between(0, 6), this::stop);
    }
  }

  private Entry next(String key, int index) {
    long seen = world.troubled() && world.chance(0.2) ? world.between(0, 40) << 16 : 0;
    clock = node.clock().next(clock + seen);
    return Entry.of(
        Record.newBuilder()
            .setEntityId(id)
            .setSequence(sequence + 1)
            .setHybridClock(clock)
            .setPreviousHash(hash)
            .setCausationId(key)
            .setPayload(ByteString.copyFromUtf8(index + " " + world.nextAttempt()))
            .build());
  }

  private void settled(Command command, List<Entry> entries, Long position, Throwable failure) {
    if (failure == null) {
      world.checker.acknowledged(entries, Position.of(position));
      acknowledged(command, entries.get(entries.size() - 1));
      return;
    }
    requireNoDamage(failure);
    if (failure instanceof OutcomeUnknownException) {
      world.checker.unknown(entries);
    } else {
      world.checker.refused(entries, failure instanceof RecordRejectedException);
    }
    stop();
  }

  private void acknowledged(Command command, Entry last) {
    if (stopped) {
      return;
    }
    underWay.remove(command);
    keys.add(command.key());
    if (world.chance(0.3)) {
      world.keepSnapshot(id, new World.Snapshot(last.sequence(), last.hash(), new HashSet<>(keys)));
    }
    command.reply().accept(true);
    step();
  }

  /** Ends; what it was asked fails, and clients ask again. */
  void stop() {
    if (!stopped) {
      stopped = true;
      node.stopped(this);
      underWay.forEach(command -> command.reply().accept(false));
      inbox.forEach(
          message -> {
            if (message instanceof Command command) {
              command.reply().accept(false);
            }
          });
    }
  }

  private void requireNoDamage(Throwable failure) {
    if (failure instanceof DamagedEntityException || failure instanceof DamagedLogException) {
      throw new Violation(node + ": " + failure.getMessage());
    }
  }
}
