package govcloud.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLedgerTest {
  private static final NodePlan NODE = new NodePlan("node-1", 8080, 1, 2, 3, true);

  private final ObjectMapper json = new ObjectMapper();
  private final SecureRandom random = new SecureRandom();

  private static TrustPolicy trust(CloudHome home) throws Exception {
    Path file = home.folder().resolve("sibling-ledger.txt");
    return TrustPolicy.parse(Files.readAllBytes(file), file.toString());
  }

  private static NoteSigner signer(CloudHome home, String file) throws Exception {
    return NoteSigner.parse(Files.readString(home.folder().resolve(file)));
  }

  /** What a witness keeps of a log. */
  private static void mirror(CloudHome cloud, NoteSigner log, NoteSigner witness) throws Exception {
    byte[] hash = Hash.sha256().digest(log.key().toString().getBytes(US_ASCII));
    Path copy =
        cloud.node("node-1").resolve("sibling-ledger").resolve(HexFormat.of().formatHex(hash));
    try (LedgerLog lost = LedgerLog.create(new FolderStore(copy), log)) {
      Files.writeString(
          copy.resolve(LedgerFiles.COSIGNED),
          lost.checkpoint() + witness.cosign(lost.checkpoint().text(), 1_800_000_000L));
    }
  }

  @Test
  void twoClouds_prepared_witnessEachOther_andARebuiltOneFollowsItsLostLedger(@TempDir Path folder)
      throws Exception {
    CloudHome home = new CloudHome(Files.createDirectories(folder.resolve("home")));
    CloudHome other = new CloudHome(Files.createDirectories(folder.resolve("other")));
    new LocalReplication("a", 1, Optional.of(new LocalReplication.Sibling("b", other)))
        .write(json, home);
    new LocalReplication("b", 1, Optional.of(new LocalReplication.Sibling("a", home)))
        .write(json, other);
    new WantedNodes(json, other).write(List.of(new WantedNodes.Wanted(NODE, true)));
    LocalReplication cloud = LocalReplication.read(json, home).orElseThrow();

    LocalLedger.prepare(json, home, cloud, random);
    NoteSigner log = signer(home, "ledger-key-1");
    NoteSigner witness = signer(other, "ledger-witness-key");
    assertThat(trust(other).logs()).hasToString("[" + log.key() + "]");
    assertThat(trust(home).witnesses()).hasToString("{b=" + witness.key() + "}");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.folder().resolve("ledger-key-1"))))
        .isEqualTo("rw-------");
    assertThat(String.join("\n", LocalLedger.settings(home, cloud, NODE)))
        .contains("ledger-witness-key", "sibling-ledger.txt", "mirror-folder")
        .doesNotContain("predecessor");

    mirror(other, log, witness);
    LocalLedger.prepare(json, home, cloud.rebuilt(), random);
    assertThat(trust(other).logs())
        .hasToString("[%s, %s]".formatted(log.key(), signer(home, "ledger-key-2").key()));
    assertThat(String.join("\n", LocalLedger.settings(home, cloud.rebuilt(), NODE)))
        .contains("predecessor", "log = \"" + log.key() + "\"", "lost-ledger-1", "ledger-key-2")
        .contains("witness = \"" + witness.key() + "\"");
    Files.delete(other.folder().resolve("ledger-witness-key"));
    LocalLedger.prepare(json, home, cloud.rebuilt(), random);
    assertThat(String.join("\n", LocalLedger.settings(home, cloud.rebuilt(), NODE)))
        .contains("witness = \"" + witness.key() + "\"");
  }
}
