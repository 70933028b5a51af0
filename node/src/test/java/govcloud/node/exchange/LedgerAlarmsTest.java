package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.node.replication.ReplicationAlarm;
import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerAlarmsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T02:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static List<Kind> kinds(LedgerAlarms alarms) {
    return alarms.at(NOW, LIMIT).stream().map(ReplicationAlarm::kind).toList();
  }

  private static Cosigned behind(Duration since) {
    return new Cosigned(
        9, 7, Optional.empty(), Optional.empty(), Optional.of(NOW.minus(since)), "AWAY");
  }

  private static LedgerAlarms witnessed(Cosigned state) {
    return new LedgerAlarms(
        Optional.empty(), false, Optional.of(state), Optional.empty(), List.of());
  }

  @Test
  void ledgerInStep_orNotBehindForLong_isNoAlarm() {
    assertThat(kinds(witnessed(behind(LIMIT)))).isEmpty();
    LedgerAlarms none =
        new LedgerAlarms(Optional.empty(), false, Optional.empty(), Optional.empty(), List.of());
    assertThat(kinds(none)).isEmpty();
  }

  @Test
  void ledgerBehindForTooLong_isTold_withNumbers() {
    ReplicationAlarm alarm = witnessed(behind(LIMIT.plusSeconds(1))).at(NOW, LIMIT).get(0);
    assertThat(alarm.kind()).isEqualTo(Kind.LEDGER_UNWITNESSED);
    assertThat(alarm.detail()).isEqualTo("7 of 9 entries cosigned, for 61 s. AWAY");
  }

  @Test
  void witnessWithoutLink_isTold() {
    LedgerAlarms silent =
        new LedgerAlarms(Optional.empty(), true, Optional.empty(), Optional.empty(), List.of());
    assertThat(kinds(silent)).containsExactly(Kind.LEDGER_UNWITNESSED);
    assertThat(silent.at(NOW, LIMIT).get(0).detail()).contains("sibling-trust", "no link");
  }

  @Test
  void ledgerThatIsStopped_isToldInsteadOfWhatFollowsFromIt_copiesBeside() {
    LedgerException forked = new LedgerException(LedgerDefect.LEDGER_FORKED, "entry 3", "other");
    LedgerAlarms both =
        new LedgerAlarms(
            Optional.of(forked),
            true,
            Optional.of(behind(LIMIT.multipliedBy(2))),
            Optional.of(behind(LIMIT.multipliedBy(2))),
            List.of("disk"));
    assertThat(kinds(both)).containsExactly(Kind.LEDGER_STOPPED, Kind.LEDGER_COPY_STOPPED);
    assertThat(both.at(NOW, LIMIT).get(1).detail()).isEqualTo("disk");
  }

  @Test
  void thirdWitnessAwayForTooLong_isToldByItsName_whereNothingWorseIsTold() {
    Cosigned inStep = new Cosigned(9, 9, Optional.empty(), Optional.empty(), Optional.empty(), "");
    Optional<Cosigned> away = Optional.of(behind(LIMIT.plusSeconds(1)));
    LedgerAlarms third =
        new LedgerAlarms(Optional.empty(), false, Optional.of(inStep), away, List.of());
    assertThat(kinds(third)).containsExactly(Kind.LEDGER_UNWITNESSED);
    assertThat(third.at(NOW, LIMIT).get(0).toString()).contains("third-witness", "7 of 9");
    assertThat(kinds(new LedgerAlarms(Optional.empty(), false, away, away, List.of()))).hasSize(1);
  }
}
