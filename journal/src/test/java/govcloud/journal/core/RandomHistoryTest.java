package govcloud.journal.core;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.RecordRejectedException;
import govcloud.journal.core.ModelStore.Fate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes that both believe to host one slice, over one log, with requests that get lost, act
 * late or lose their answers. One seed, one history.
 */
class RandomHistoryTest {

  private static final int CHAOS = 3000;
  private static final int ENTITIES = 4;
  private static final int COMMANDS = 10;

  /** A client of one entity: recovers, writes the next record, recovers again after a failure. */
  private final class Client {
    private final String entityId;
    private int stored;
    private int attempt;
    private Entry last;

    Client(String entityId) {
      this.entityId = entityId;
    }

    void recover() {
      int mine = ++attempt;
      int ackedBefore = acknowledged.getOrDefault(entityId, List.of()).size();
      TestHost host = hosts[random.nextInt(hosts.length)];
      host.host.recover(
          entityId,
          1,
          (entries, failure) -> {
            if (failure == null) {
              assertThat(entries).hasSizeGreaterThanOrEqualTo(ackedBefore);
              recoveries++;
            }
            if (mine != attempt) {
              return;
            }
            if (failure != null) {
              time.after(20 + random.nextInt(50), this::recover);
            } else {
              last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
              stored = entries.size();
              write(host);
            }
          });
    }

    private void write(TestHost host) {
      if (stored >= COMMANDS) {
        finished++;
        return;
      }
      int mine = attempt;
      Entry next = TestHost.next(entityId, last, "command " + ++issued);
      host.host.persist(
          List.of(next),
          (position, failure) -> {
            if (failure instanceof RecordRejectedException) {
              rejected.add(next);
            }
            if (failure == null) {
              acknowledged.computeIfAbsent(entityId, id -> new ArrayList<>()).add(next);
            }
            if (mine != attempt) {
              return;
            }
            if (failure == null) {
              last = next;
              stored++;
              time.after(random.nextInt(60), () -> write(host));
            } else {
              recover();
            }
          });
    }
  }

  private final VirtualTime time = new VirtualTime();
  private final ModelLog log = new ModelLog();
  private final TestHost[] hosts = new TestHost[2];
  private final Map<String, List<Entry>> acknowledged = new HashMap<>();
  private final Set<Entry> rejected = new HashSet<>();
  private Random random;
  private long incarnations;
  private long issued;
  private int recoveries;
  private int finished;

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 200, 300})
  void twoHosts_underFaults_keepOneHistory(int firstSeed) {
    for (int seed = firstSeed; seed < firstSeed + 100; seed++) {
      RandomHistoryTest run = new RandomHistoryTest();
      try {
        run.play(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void play(int seed) {
    random = new Random(seed * 7919L + 1);
    hosts[0] = newHost();
    hosts[1] = newHost();
    for (int i = 0; i < ENTITIES; i++) {
      Client client = new Client("case/" + i);
      time.after(random.nextInt(200), client::recover);
    }
    moves();
    time.pass(CHAOS);
    hosts[0].host.stop();
    time.pass(30_000);
    assertThat(finished).isEqualTo(ENTITIES);
    check();
  }

  private TestHost newHost() {
    TestHost host = new TestHost(log, time, ++incarnations);
    host.store.fates(operation -> fate());
    return host.start();
  }

  private Fate fate() {
    if (time.now() > CHAOS) {
      return new Fate(1 + random.nextInt(5), true);
    }
    int dice = random.nextInt(100);
    if (dice < 8) {
      return Fate.late(30 + random.nextInt(500));
    }
    if (dice < 12) {
      return Fate.LOST;
    }
    return dice < 16 ? Fate.UNANSWERED : new Fate(1 + random.nextInt(8), true);
  }

  /** Replaces a host that has stopped, and now and then one that has not. */
  private void moves() {
    int which = random.nextInt(2);
    boolean needed = !hosts[0].host.running() && !hosts[1].host.running();
    boolean mistaken = time.now() < CHAOS && random.nextInt(3) == 0;
    if (needed || mistaken) {
      if (random.nextBoolean()) {
        hosts[which].host.stop();
      }
      hosts[which] = newHost();
    }
    time.after(30 + random.nextInt(200), this::moves);
  }

  private void check() {
    Map<String, Head> heads = new HashMap<>();
    Set<Entry> seen = new HashSet<>();
    UUID holder = null;
    Batch before = null;
    for (Batch batch : log.rows()) {
      holder = batch.takeOver() ? batch.incarnation() : holder;
      assertThat(batch.incarnation()).isEqualTo(holder);
      if (before != null) {
        assertThat(batch.previousHash()).isEqualTo(before.hash());
      }
      for (Entry entry : batch.entries()) {
        assertThat(entry.follows(heads.getOrDefault(entry.entityId(), Head.NONE))).isTrue();
        assertThat(seen.add(entry)).isTrue();
        heads.put(entry.entityId(), entry.head());
      }
      before = batch;
    }
    acknowledged.values().forEach(entries -> assertThat(seen).containsAll(entries));
    assertThat(rejected).noneMatch(seen::contains);
    assertThat(acknowledged.values())
        .allSatisfy(l -> assertThat(new HashSet<>(l)).hasSameSizeAs(l));
    assertThat(recoveries).isPositive();
    List<Entry> read = new ArrayList<>();
    new SliceCursor(0, -1)
        .take(log.read(0, Integer.MAX_VALUE), (position, entry) -> read.add(entry));
    assertThat(read).containsExactlyInAnyOrderElementsOf(seen);
  }
}
