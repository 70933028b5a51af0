package govcloud.ledger.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
  /** The example of C2SP signed-note. */
  private static final String KEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

  private static final String NOTE =
      """
      This is an example message.

      \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
      """;

  /** The key pair of the examples of Go's signed notes. */
  private static final String GO_PRIVATE =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

  private static final String GO_PUBLIC =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private static SignedNote parse(String note) throws LedgerException {
    return SignedNote.parse(note.getBytes(UTF_8), "note");
  }

  private static void refused(String note, LedgerDefect defect) {
    assertThatThrownBy(() -> parse(note).by(VerifierKey.parse(KEY), "note").orElseThrow())
        .isInstanceOfSatisfying(
            LedgerException.class, e -> assertThat(e.defect()).isEqualTo(defect));
  }

  @Test
  void publishedNote_verifies() throws LedgerException {
    VerifierKey key = VerifierKey.parse(KEY);
    assertThat(key.toString()).isEqualTo(KEY);
    assertThat(parse(NOTE).by(key, "note")).isPresent();
    assertThat(parse(NOTE).text()).isEqualTo("This is an example message.\n");
    assertThat(parse(NOTE).toString()).isEqualTo(NOTE);
  }

  @Test
  void goNote_isSignedByteByByte() throws LedgerException {
    NoteSigner signer = NoteSigner.parse(GO_PRIVATE);
    assertThat(signer.key().toString()).isEqualTo(GO_PUBLIC);
    assertThat(signer.secretText()).isEqualTo(GO_PRIVATE);
    assertThat(SignedNote.of(parse(GO_NOTE).text(), signer)).isEqualTo(GO_NOTE);
    assertThat(parse(GO_NOTE).by(VerifierKey.parse(GO_PUBLIC), "note")).isPresent();
  }

  @Test
  void changedNotes_areRefusedWithTheirPlace() {
    refused(NOTE.replace("example m", "Example m"), LedgerDefect.LEDGER_SIGNATURE_WRONG);
    refused(NOTE.replace("aQM=", "aQQ="), LedgerDefect.LEDGER_SIGNATURE_WRONG);
    // The same bytes in another base64 must not pass for the same note.
    refused(NOTE.replace("aQM=", "aQN="), LedgerDefect.LEDGER_MALFORMED);
    refused(NOTE.replace("\n\n", "\n"), LedgerDefect.LEDGER_MALFORMED);
    refused(NOTE + NOTE.substring(NOTE.indexOf('\u2014')), LedgerDefect.LEDGER_MALFORMED);
    refused(NOTE.replace("This", "\tThis"), LedgerDefect.LEDGER_MALFORMED);
    refused(NOTE.stripTrailing(), LedgerDefect.LEDGER_MALFORMED);
    refused(NOTE.replace(" example.com/foo ", " "), LedgerDefect.LEDGER_MALFORMED);
    assertThatThrownBy(() -> parse(NOTE.replace("aQM=", "aQQ=")).by(VerifierKey.parse(KEY), "note"))
        .hasMessageContaining("bytes 29 to 142");
  }

  @Test
  void unknownSignatures_areIgnoredUpToALimit() throws LedgerException {
    StringBuilder many = new StringBuilder(NOTE);
    for (int i = 0; i < 16; i++) {
      many.append("\u2014 other-").append(i).append(" AAAAAAAA\n");
    }
    assertThat(parse(many.toString()).by(VerifierKey.parse(KEY), "note")).isPresent();
    for (int i = 16; i < 64; i++) {
      many.append("\u2014 other-").append(i).append(" AAAAAAAA\n");
    }
    refused(many.toString(), LedgerDefect.LEDGER_MALFORMED);
  }

  @Test
  void keys_ofAnotherForm_areRefused() {
    for (String wrong :
        List.of(
            "",
            "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
            "exa mple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")) {
      assertThatIllegalArgumentException().isThrownBy(() -> VerifierKey.parse(wrong));
    }
  }
}
