package govcloud.protobuf.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommitCodecsTest {

  @Test
  void all_manifests_areDistinct() {
    assertThat(CommitCodecs.all())
        .extracting(CommitCodec::manifest)
        .containsExactly(
            "tenant/1",
            "app/1",
            "case/1",
            "operation/1",
            "account/1",
            "audit/1",
            "resource/1",
            "agreement/1",
            "ledger/1",
            "exchange/1",
            "objection/1",
            "recall/1",
            "deferral/1",
            "correction/1",
            "alarms/1",
            "source/1",
            "subject/1");
  }

  @Test
  void unknownManifest_lookedUp_isNamedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> CommitCodecs.byManifest("case/9"))
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> assertThat(e.code()).isEqualTo(CodecException.Code.PAYLOAD_MANIFEST_UNKNOWN))
        .hasMessage(
            "manifest: case/9 (expected: one of"
                + " [tenant/1, app/1, case/1, operation/1, account/1, audit/1,"
                + " resource/1, agreement/1, ledger/1, exchange/1, objection/1,"
                + " recall/1, deferral/1, correction/1, alarms/1, source/1, subject/1])");
  }

  @Test
  void unknownType_lookedUp_isNamed() {
    assertThatThrownBy(() -> CommitCodecs.byAggregateType("licence"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("aggregate type: licence (expected: one of [tenant, app, case");
  }
}
