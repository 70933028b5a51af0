package govcloud.cli.drill;

import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** What the signature of a drill's report is worth. */
enum DrillSignature {
  /** The drill key beside the report made it, and a signing key of this cloud vouches for that. */
  RIGHT("right"),
  /** It is that of the drill key beside it, which anybody may have made. */
  UNVOUCHED(
      "of a drill key that no signing key here vouches for: recover report %s --cards FOLDER"),
  /** There is no drill key: holders of shares sign such a report, which their card tells. */
  OF_RECOVERY_KEY("of the recovery key: recover report %s --cards FOLDER"),
  /** The report is another one than was signed. */
  WRONG("wrong"),
  /** There is none. */
  NONE("none");

  private final String words;

  DrillSignature(String words) {
    this.words = words;
  }

  /**
   * That of the report in a folder.
   *
   * @param signingKeys of this cloud, as far as they are known here
   * @throws IOException when the files cannot be read
   */
  static DrillSignature of(Path drill, List<TrustedKey> signingKeys) throws IOException {
    Path file = drill.resolve("report.sig");
    if (!Files.exists(file)) {
      return NONE;
    }
    if (!Files.exists(drill.resolve(DrillCard.FILE))) {
      return OF_RECOVERY_KEY;
    }
    try {
      byte[] signature = HexFormat.of().parseHex(Files.readString(file).strip());
      DrillCard card = DrillCard.read(drill);
      if (!card.signed(Files.readAllBytes(drill.resolve("report.json")), signature)) {
        return WRONG;
      }
      return card.isVouchedFor(signingKeys) ? RIGHT : UNVOUCHED;
    } catch (KeyException | IllegalArgumentException e) {
      return WRONG;
    }
  }

  /** For people. */
  String words(Path drill) {
    return words.formatted(drill);
  }

  /** Whether a report may be believed, as far as it can be told here. */
  boolean isBelieved() {
    return this == RIGHT;
  }
}
