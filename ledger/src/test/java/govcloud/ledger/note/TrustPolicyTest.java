package govcloud.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.Hash;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustPolicyTest {
  private final NoteSigner log = new NoteSigner("log.example", VerifierKey.NOTE, new byte[32]);
  private final NoteSigner one = witness(1);
  private final NoteSigner two = witness(2);
  private final NoteSigner three = witness(3);
  private final String text = new Checkpoint("log.example", 7, Hash.ofLeaf(new byte[0])).text();

  private static NoteSigner witness(int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return new NoteSigner("witness.example/" + number, VerifierKey.COSIGNATURE, seed);
  }

  private TrustPolicy policy(String quorum) throws LedgerException {
    return parse(
        "log %s\nwitness X1 %s\nwitness X2 %s\nwitness X3 %s\n%s\n"
            .formatted(log.key(), one.key(), two.key(), three.key(), quorum));
  }

  private static TrustPolicy parse(String policy) throws LedgerException {
    return TrustPolicy.parse(policy.getBytes(UTF_8), "policy");
  }

  private CheckedCheckpoint check(TrustPolicy policy, String... lines) throws LedgerException {
    String note = SignedNote.of(text, log) + String.join("", lines);
    return policy.check(note.getBytes(UTF_8), "checkpoint");
  }

  @Test
  void publishedCosignatureKey_hasItsId_andPublishedSignatureItsTime() {
    String key = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    assertThat(VerifierKey.parse(key).toString()).isEqualTo(key);
    assertThat(
            VerifierKey.parse("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6").type())
        .isEqualTo(VerifierKey.NOTE);
    assertThat(
            new SignedNote.Signature(
                    "x",
                    "ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==",
                    0,
                    0)
                .seconds())
        .isEqualTo(1_727_964_367L);
  }

  @Test
  void cosignatures_countAsThePolicySays() throws LedgerException {
    TrustPolicy twoOfThree = policy("group X 2 X1 X2 X3\nquorum X");
    assertThat(check(twoOfThree).enough()).isFalse();
    assertThat(check(twoOfThree, one.cosign(text, 5)).enough()).isFalse();
    CheckedCheckpoint both = check(twoOfThree, one.cosign(text, 5), three.cosign(text, 6));
    assertThat(both.enough()).isTrue();
    assertThat(both.witnesses()).isEqualTo(Map.of("X1", 5L, "X3", 6L));
    assertThat(check(policy("group X any X1 X2\nquorum X"), two.cosign(text, 5)).enough()).isTrue();
    assertThat(check(policy("group X all X1 X2\nquorum X"), two.cosign(text, 5)).enough())
        .isFalse();
    assertThat(check(policy("quorum none")).enough()).isTrue();
    // A stranger's signature is passed over.
    assertThat(check(policy("quorum X1"), witness(9).cosign(text, 5)).enough()).isFalse();
  }

  @Test
  void falseCosignatures_makeTheNoteInvalid() throws LedgerException {
    TrustPolicy policy = policy("quorum X1");
    for (String line :
        new String[] {
          one.cosign(text.replace("\n7\n", "\n8\n"), 5), one.cosign(text, 0), one.cosign(text, 101)
        }) {
      assertThatThrownBy(() -> check(policy.notAfter(100), line))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.defect()).isEqualTo(LedgerDefect.LEDGER_SIGNATURE_WRONG));
    }
    assertThat(check(policy.notAfter(100), one.cosign(text, 100)).enough()).isTrue();
  }

  @Test
  void policies_thatAreNone_areRefusedWithTheLine() {
    String key = "witness X1 " + one.key() + "\n";
    refused("", 1);
    refused("quorum X1\n", 1);
    refused(key + key + "quorum X1\n", 2);
    refused(key + "witness X1 " + two.key() + "\nquorum X1\n", 2);
    refused(key + "group G all X1 X2\nquorum G\n", 2);
    refused(key + "group G 2 X1\nquorum G\n", 2);
    refused(key + "group G 0 X1\nquorum G\n", 2);
    refused(key + "group G any X1\ngroup H any X1\nquorum G\n", 3);
    refused(key + "quorum X1\nquorum X1\n", 3);
    refused(key + "quorum X1\u0007\n", 2);
    refused("log " + one.key() + "\nquorum none\n", 1);
    refused("log " + log.key() + "\nlog " + log.key() + "\nquorum none\n", 2);
    refused("witness none " + one.key() + "\nquorum none\n", 1);
    refused("trust me\n", 1);
  }

  private static void refused(String policy, int line) {
    assertThatThrownBy(() -> parse(policy))
        .as(policy)
        .hasMessageContaining("LEDGER_MALFORMED")
        .hasMessageContaining("policy, line " + line + ":");
  }
}
