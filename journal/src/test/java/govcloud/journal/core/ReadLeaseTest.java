package govcloud.journal.core;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.JournalUnavailableException;
import govcloud.journal.simulation.Fate;
import govcloud.journal.simulation.Operation;
import govcloud.journal.simulation.Tables;
import govcloud.journal.simulation.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers from memory: at once while the lease holds, else after a look at the log. */
class ReadLeaseTest {

  private static final Duration LEASE = Duration.ofMillis(100);
  private static final HostSettings SETTINGS = TestHost.settings(LEASE);

  private final VirtualTime time = new VirtualTime();
  private final Tables log = new Tables();

  private TestHost host(long incarnation) {
    return new TestHost(log, time, incarnation, SETTINGS).start();
  }

  @Test
  void confirm_whileTheLeaseHolds_asksNobody() {
    TestHost host = host(1);
    Entry first = TestHost.next("case/a", null, "x");
    host.persist(first);
    time.pass(20);
    int looks = host.store.requests(Operation.READ_SERIAL);
    assertThat(host.host.lease().holds()).isTrue();
    assertThat(host.confirm("case/a").value).isEqualTo(1);
    time.pass(20);
    assertThat(host.store.requests(Operation.READ_SERIAL)).isEqualTo(looks);
  }

  @Test
  void confirm_afterTheLease_looksAtTheLog_andRenewsIt() {
    TestHost host = host(1);
    host.persist(TestHost.next("case/a", null, "x"));
    time.pass(150);
    int looks = host.store.requests(Operation.READ_SERIAL);
    assertThat(host.host.lease().holds()).isFalse();
    var outcome = host.confirm("case/a");
    var next = host.confirm("case/b");
    var shared = host.confirm("case/c");
    assertThat(outcome.answers).isZero();
    time.pass(20);
    assertThat(outcome.value).isEqualTo(1);
    assertThat(next.value).isZero();
    assertThat(shared.value).isZero();
    assertThat(host.store.requests(Operation.READ_SERIAL)).isEqualTo(looks + 2);
    assertThat(host.host.lease().holds()).isTrue();
  }

  @Test
  void confirm_entityOfWhichNothingIsKnown_readsItsLastChunk() {
    TestHost host = host(1);
    TestHost.chain("case/a", 3).forEach(host::persist);
    time.pass(20);
    host.host.release();
    time.pass(100);
    TestHost successor = host(2);
    var known = successor.confirm("case/a");
    var never = successor.confirm("case/b");
    time.pass(200);
    assertThat(known.value).isEqualTo(3);
    assertThat(never.value).isZero();
  }

  @Test
  void newHost_servesNobody_beforeTheLeaseOfTheOneBeforeHasEnded() {
    TestHost old = host(1);
    Entry first = TestHost.next("case/a", null, "x");
    old.persist(first);
    time.pass(20);
    TestHost successor = host(2);
    var outcome = successor.persist(TestHost.next("case/a", first, "y"));
    while (old.host.lease().holds()) {
      assertThat(outcome.answers).isZero();
      time.pass(1);
    }
    time.pass(60);
    assertThat(outcome.value).isNotNull();
    assertThat(old.host.lease().holds()).isFalse();
    var late = old.confirm("case/a");
    time.pass(20);
    assertThat(late.failure).isInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void firstHostOfAll_servesAtOnce() {
    TestHost host = host(1);
    var outcome = host.persist(TestHost.next("case/a", null, "x"));
    time.pass(20);
    assertThat(outcome.value).isNotNull();
  }

  @Test
  void recover_whileTheLeaseHolds_doesNotWaitForAnAppendUnderWay() {
    TestHost host = host(1);
    Entry first = TestHost.next("case/a", null, "x");
    host.persist(first);
    time.pass(20);
    int looks = host.store.requests(Operation.READ_SERIAL);
    host.store.nextAppends(Fate.LOST);
    var slow = host.persist(TestHost.next("case/b", null, "y"));
    var outcome = host.recover("case/a", 1);
    time.pass(5);
    assertThat(outcome.value).containsExactly(first);
    assertThat(host.store.requests(Operation.READ_SERIAL)).isEqualTo(looks);
    assertThat(slow.answers).isZero();
  }
}
