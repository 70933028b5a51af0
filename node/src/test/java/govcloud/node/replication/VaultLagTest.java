package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VaultLagTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:15:27Z");

  private final VaultLag lag = new VaultLag();

  private boolean isAlarm(Instant now) {
    return lag.alarm("mountain", now).isPresent();
  }

  @Test
  void copiesThatAreNotTaken_raiseAnAlarmAfterTheLimit_withSinceWhenAndWhy() {
    lag.waits(NOW);
    lag.failed("VAULT_OLD: 3 (expected: higher)");
    lag.waits(NOW.plus(VaultLag.LIMIT));
    assertThat(isAlarm(NOW.plus(VaultLag.LIMIT))).isFalse();
    var later = NOW.plus(VaultLag.LIMIT).plusSeconds(1);
    lag.waits(later);
    var alarm = lag.alarm("mountain", later).orElseThrow();
    assertThat(alarm.kind()).isEqualTo(Kind.VAULT_COPY_OLD);
    assertThat(alarm.subject()).isEqualTo("mountain");
    assertThat(alarm.since()).isEqualTo(NOW);
    assertThat(alarm.detail()).contains(NOW.toString(), "VAULT_OLD: 3 (expected: higher)");
    assertThat(lag.age(later)).contains(VaultLag.LIMIT.plusSeconds(1));
    lag.inStep(later);
    assertThat(isAlarm(later)).isFalse();
    assertThat(lag.age(later)).contains(Duration.ZERO);
  }

  @Test
  void nodeThatDoesNotKeepTheVault_orNoLonger_saysNothing() {
    assertThat(lag.age(NOW)).isEmpty();
    assertThat(isAlarm(NOW)).isFalse();
    lag.waits(NOW);
    var movedOn = NOW.plus(VaultLag.SILENT).plusSeconds(1);
    assertThat(lag.age(movedOn)).isEmpty();
    assertThat(isAlarm(movedOn)).isFalse();
  }
}
