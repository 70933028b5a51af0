package govcloud.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that lies about the one that it follows is found, and so is what it lies about. */
class LedgerChainTest {

  static List<EvilSuccessors.Chain> chains() throws Exception {
    return EvilSuccessors.all();
  }

  @ParameterizedTest
  @MethodSource("chains")
  void chainOfLogs_checked_hasExactlyTheFindingsOfItsLie(EvilSuccessors.Chain chain)
      throws Exception {
    LedgerReport report =
        new LedgerChain(EvilSuccessors.policy())
            .verify(chain.stores().get(0), Map.of(), chain.lost());
    assertThat(report.findings())
        .extracting(finding -> finding.defect() + " " + finding.name())
        .containsExactlyInAnyOrderElementsOf(chain.findings());
    assertThat(report.verdict())
        .isEqualTo(
            chain.findings().isEmpty() ? LedgerReport.Verdict.VALID : LedgerReport.Verdict.INVALID);
  }
}
