package govcloud.node.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.node.http.Contract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditSettingsTest {

  private static AuditSettings read(String text) {
    return AuditSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.audit", AuditSettings.class);
    ReferenceKeys.requireMappedAndExplained("govcloud.audit.watch", AuditSettings.Watch.class);
    assertThat(read("").durableReads()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "most-waiting = 0 | govcloud.audit.most-waiting: 0 (expected: >= 1)",
        "linger = 2s | govcloud.audit.linger: PT2S (expected: 0 to 1 s)",
        "patience = 50ms | govcloud.audit.patience: PT0.05S (expected: more than linger, at most 1 min)",
        "refusals-every = 0s | govcloud.audit.refusals-every: PT0S (expected: 1 ms to 1 h)",
        "watch.denials = 0 | govcloud.audit.watch.denials: 0 (expected: >= 1)",
        "watch.canaries = [c-1] | govcloud.audit.watch.canaries: c-1 (expected: a path that begins with /v1/)",
        "watch.work-ends = \"06:00\" | govcloud.audit.watch.work-ends: 06:00 (expected: after 07:00)"
      })
  void wrongValue_isRefusedWithValueAndExpectation(String line, String message) {
    assertThatThrownBy(() -> read("govcloud.audit { " + line + " }")).hasMessage(message);
  }

  @Test
  void policy_withoutALineOrWithAnUnknownLevel_isRefused() {
    var contract = Contract.load();
    AuditPolicy.load(contract);
    assertThatThrownBy(() -> AuditPolicy.of("getCase access", contract))
        .hasMessageContaining("audited.txt: operations without line [acknowledgeRecall, actOnCase");
    assertThatThrownBy(() -> AuditPolicy.of("getCase sometimes", contract))
        .hasMessage("audited.txt: sometimes (expected: denials, access or command)");
  }
}
