package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import govcloud.domain.RefusalCode;
import govcloud.domain.alarm.AlarmRefusal;
import govcloud.domain.app.AppInstanceRefusal;
import govcloud.domain.audit.AuditRefusal;
import govcloud.domain.casework.CaseRefusal;
import govcloud.domain.correction.CorrectionRefusal;
import govcloud.domain.deferral.NoticeDeferralRefusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.identity.AccountRefusal;
import govcloud.domain.identity.SourceRefusal;
import govcloud.domain.objection.ObjectionRefusal;
import govcloud.domain.operation.OperationRefusal;
import govcloud.domain.recall.RecallRefusal;
import govcloud.domain.sharing.AgreementRefusal;
import govcloud.domain.sharing.ResourceRefusal;
import govcloud.domain.subject.SubjectRefusal;
import govcloud.domain.tenant.TenantRefusal;
import govcloud.node.eventsourcing.RequestRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The published list of codes says what the program does. */
class ErrorCodesTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z0-9_]+)` \\| ([0-9]{3}) \\| ([^|]+) \\| ([^|]+) \\|$");

  private static Stream<RefusalCode> refusals() {
    return Stream.<RefusalCode[]>of(
            TenantRefusal.values(),
            AppInstanceRefusal.values(),
            CaseRefusal.values(),
            OperationRefusal.values(),
            ResourceRefusal.values(),
            AgreementRefusal.values(),
            AccountRefusal.values(),
            SourceRefusal.values(),
            AlarmRefusal.values(),
            AuditRefusal.values(),
            ExchangeRefusal.values(),
            ObjectionRefusal.values(),
            RecallRefusal.values(),
            NoticeDeferralRefusal.values(),
            CorrectionRefusal.values(),
            SubjectRefusal.values(),
            RequestRefusal.values())
        .flatMap(Arrays::stream);
  }

  @Test
  void everyCode_documented_withItsStatusAndNoneTwice() throws IOException {
    Map<String, Integer> inCode = new TreeMap<>();
    refusals()
        .forEach(
            code ->
                assertThat(inCode.put(code.name(), Problem.of(Refusal.of(code, "x")).status()))
                    .as(code.name())
                    .isNull());
    for (var code : BorderCode.values()) {
      assertThat(inCode.put(code.name(), code.status())).as(code.name()).isNull();
    }
    Map<String, Integer> documented = new TreeMap<>();
    for (var line : Files.readAllLines(Path.of("../docs/error-codes.md"))) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        documented.put(row.group(1), Integer.valueOf(row.group(2)));
        assertThat(row.group(3)).as(row.group(1)).endsWith(".").doesNotContain("*/");
      }
    }
    assertThat(documented).isEqualTo(inCode);
  }
}
