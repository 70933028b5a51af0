package govcloud.domain;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.app.AppInstanceRefusal;
import govcloud.domain.casework.CaseRefusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.identity.AccountRefusal;
import govcloud.domain.operation.OperationRefusal;
import govcloud.domain.sharing.AgreementRefusal;
import govcloud.domain.sharing.ResourceRefusal;
import govcloud.domain.tenant.TenantRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalCodesTest {

  static List<RefusalCode> codes() {
    return Stream.<RefusalCode[]>of(
            TenantRefusal.values(),
            AppInstanceRefusal.values(),
            CaseRefusal.values(),
            OperationRefusal.values(),
            AccountRefusal.values(),
            ResourceRefusal.values(),
            AgreementRefusal.values(),
            ExchangeRefusal.values())
        .flatMap(Stream::of)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("codes")
  void code_published_isExplained(RefusalCode code) throws IOException {
    assertThat(code.kind()).isNotNull();
    assertThat(Files.readString(Path.of("../docs/error-codes.md")))
        .as("docs/error-codes.md (expected: a row for %s)", code)
        .contains("| `" + code.name() + "` | ");
  }

  @Test
  void codes_ofAllNouns_areDistinct() {
    assertThat(codes()).extracting(RefusalCode::name).doesNotHaveDuplicates();
  }
}
