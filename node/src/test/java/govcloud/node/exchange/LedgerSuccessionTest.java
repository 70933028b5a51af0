package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.VerifierKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud follows its lost ledger also when the sibling has lost its own site since. */
class LedgerSuccessionTest {
  private static final NoteSigner LOST = signer("gov.example/a/1", VerifierKey.NOTE, 1);
  private static final NoteSigner THEN = signer("gov.example/b/w1", VerifierKey.COSIGNATURE, 2);
  private static final NoteSigner NOW = signer("gov.example/b/w2", VerifierKey.COSIGNATURE, 3);

  @TempDir private Path folder;
  private final LedgerKey own = new LedgerKey(signer("gov.example/a/2", VerifierKey.NOTE, 4));

  private static NoteSigner signer(String name, int type, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return new NoteSigner(name, type, bytes);
  }

  private SignedNote lost(NoteSigner witness) throws Exception {
    Path file = folder.resolve("cosigned");
    try (LedgerLog log = LedgerLog.create(new FolderStore(folder.resolve("log")), LOST)) {
      SignedNote state = log.checkpoint();
      Files.writeString(file, state + THEN.cosign(state.text(), 1_800_000_000L));
    }
    return LedgerSuccession.lost(
        file, own, LedgerSuccession.trust(own, LOST.key().toString(), witness.key().toString()));
  }

  @Test
  void stateThatTheEarlierWitnessCosigned_isFollowed() throws Exception {
    assertThat(lost(THEN).text()).contains("gov.example/a/1");
  }

  @Test
  void stateThatAnotherWitnessCosigned_isRefused() {
    assertThatThrownBy(() -> lost(NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("predecessor.cosigned")
        .hasMessageContaining("not cosigned");
  }

  @Test
  void witnessThatIsNoKey_isRefusedWithTheSetting() {
    assertThatThrownBy(() -> LedgerSuccession.trust(own, LOST.key().toString(), "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("predecessor.witness: b");
  }
}
