package govcloud.node.audit;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.node.ReferenceKeys;
import govcloud.node.audit.AuditPolicy.Level;
import govcloud.node.http.Contract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What raises which alarm, how often. */
class DetectorsTest {

  /** A Monday in the morning in Beijing. */
  private static final Instant BEGIN = Instant.parse("2026-03-02T01:00:00Z");

  private static final String CASE = "/v1/tenants/transport/apps/permits/cases/c-1";

  private final AuditSettings settings = AuditSettings.from(ReferenceKeys.reference().resolve());
  private final Detectors detectors = new Detectors(settings.watch());
  private Instant now = BEGIN;

  private AuditRecord record(String person, String action, Outcome outcome, String source) {
    return new AuditRecord(
        now, person, "clerk", "", action, "transport", CASE, outcome, "", source, "", 1);
  }

  /** The alarms that so many records raise, one after the other in so long. */
  private List<AuditRecord> alarms(int count, Duration apart, AuditRecord record, Level level) {
    var alarms = new ArrayList<AuditRecord>();
    for (int i = 0; i < count; i++) {
      now = now.plus(apart);
      alarms.addAll(
          detectors.seen(
              record(record.person(), record.action(), record.outcome(), record.source()),
              level,
              false));
    }
    return alarms;
  }

  private List<String> codes(int count, Duration apart, AuditRecord record, Level level) {
    return alarms(count, apart, record, level).stream().map(AuditRecord::code).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signIn",
        "signInByPasskey",
        "beginSession",
        "visitFirst",
        "visitFirstByPage",
        "visitFirstAtProvider",
        "returnFromProvider",
        "changePassword"
      })
  void secretsTriedFromOneAddress_byAnyWay_raiseBruteForce(String way) {
    assertThat(Contract.load().operationIds()).contains(way);
    var tried = record("zhang-san", way, Outcome.DENIED, "10.0.0.9");
    var most = settings.watch().signIns();
    assertThat(codes(most - 1, Duration.ofSeconds(1), tried, Level.DENIALS)).isEmpty();
    assertThat(codes(1, Duration.ofSeconds(1), tried, Level.DENIALS))
        .as("for the address and for the account")
        .containsExactly("BRUTE_FORCE", "BRUTE_FORCE");
    assertThat(codes(most, Duration.ofSeconds(1), tried, Level.DENIALS)).as("once").isEmpty();
  }

  @Test
  void secretsTriedForManyAccounts_fromOneAddress_raiseBruteForce() {
    var alarms = new ArrayList<AuditRecord>();
    for (int i = 0; i < settings.watch().signIns(); i++) {
      alarms.addAll(
          alarms(
              1,
              Duration.ofSeconds(1),
              record("person-" + i, "beginSession", Outcome.DENIED, "10.0.0.9"),
              Level.DENIALS));
    }
    assertThat(alarms).extracting(AuditRecord::code).containsExactly("BRUTE_FORCE");
  }

  @Test
  void denialsInARow_raiseDenialBurst_slowOnesDoNot() {
    var denied = record("zhang-san", "getCaseHistory", Outcome.DENIED, "10.0.0.9");
    var most = settings.watch().denials();
    assertThat(codes(2 * most, Duration.ofSeconds(3), denied, Level.ACCESS)).isEmpty();
    now = now.plus(Duration.ofHours(1));
    assertThat(codes(most, Duration.ofSeconds(1), denied, Level.ACCESS))
        .containsExactly("DENIAL_BURST");
    var stranger = record("", "getCaseHistory", Outcome.DENIED, "10.0.0.8");
    var alarms = alarms(most, Duration.ofSeconds(1), stranger, Level.ACCESS);
    assertThat(alarms).extracting(AuditRecord::source).containsExactly("10.0.0.8");
  }

  @Test
  void readingInBulk_raisesBulkRead_programsThatImportDoNot() {
    var read = record("zhang-san", "getCase", Outcome.ALLOWED, "10.0.0.9");
    var most = settings.watch().reads();
    assertThat(codes(most - 1, Duration.ofSeconds(1), read, Level.ACCESS)).isEmpty();
    assertThat(codes(1, Duration.ofSeconds(1), read, Level.ACCESS)).containsExactly("BULK_READ");
    now = now.plus(Duration.ofHours(1));
    assertThat(codes(2 * most, Duration.ofSeconds(3), read, Level.ACCESS))
        .as("as many, three times as slowly")
        .isEmpty();
    now = now.plus(Duration.ofHours(1));
    assertThat(codes(2 * most, Duration.ofSeconds(1), read, Level.DENIALS))
        .as("what is no case data")
        .isEmpty();
    for (int i = 0; i < 2 * most; i++) {
      now = now.plus(Duration.ofSeconds(1));
      var imported =
          new AuditRecord(
              now,
              "li-si",
              "clerk",
              "importer",
              "getCase",
              "transport",
              CASE,
              Outcome.ALLOWED,
              "",
              "10.0.0.9",
              "",
              1);
      assertThat(detectors.seen(imported, Level.ACCESS, false)).isEmpty();
    }
  }

  @Test
  void damagedHistory_raisesChainMismatch_onceInTenMinutesForEach() {
    var read = record("zhang-san", "getCaseHistory", Outcome.FAILED, "10.0.0.9");
    var alarms = detectors.seen(read, Level.ACCESS, true);
    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0).code()).isEqualTo("CHAIN_MISMATCH");
    assertThat(alarms.get(0).object()).isEqualTo(CASE);
    assertThat(detectors.seen(read, Level.ACCESS, true)).isEmpty();
    now = now.plus(Duration.ofMinutes(11));
    assertThat(
            detectors.seen(
                record("zhang-san", "getCaseHistory", Outcome.FAILED, "10.0.0.9"),
                Level.ACCESS,
                true))
        .hasSize(1);
  }
}
