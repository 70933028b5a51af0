package govcloud.node.exchange;

import govcloud.ledger.LedgerException;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The sibling's ledgers, which this cloud witnesses, and the sibling as the witness of this cloud's
 * ledger: a file in the form of C2SP tlog-policy, which the sibling's operator handed over.
 *
 * @param policy as it was read
 */
record SiblingTrust(TrustPolicy policy) {

  private static final String THIRD = "third";
  private static final String BOTH = "sibling-and-third";

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it cannot be used, beginning with the setting's name
   */
  static SiblingTrust read(Path file) {
    try {
      return new SiblingTrust(TrustPolicy.parse(Files.readAllBytes(file), file.toString()));
    } catch (IOException | LedgerException e) {
      throw ExchangeSettings.wrong(
          "witness.sibling-trust",
          e.getMessage(),
          "a tlog-policy of the sibling's log and witness");
    }
  }

  /** The sibling as a witness, by its name. */
  Optional<Map.Entry<String, VerifierKey>> witness() {
    return policy.witnesses().entrySet().stream().findFirst();
  }

  /** The log whose origin has this hash. */
  Optional<VerifierKey> log(String hash) {
    return policy.logs().stream().filter(key -> hash(key.name()).equals(hash)).findFirst();
  }

  /** The SHA-256 of an origin, 64 hexadecimal digits. */
  static String hash(String origin) {
    return HexFormat.of().formatHex(Hash.sha256().digest(origin.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What whoever checks this cloud's ledger has to know, as a text.
   *
   * @param lost key of the ledger that it follows
   * @param third a witness beside the sibling
   */
  static String own(
      LedgerKey key,
      Optional<String> lost,
      Optional<SiblingTrust> sibling,
      ThirdWitnessSettings third) {
    var text = new StringBuilder("log " + key.text() + "\n");
    lost.ifPresent(log -> text.append("log " + log + "\n"));
    var witness = sibling.flatMap(SiblingTrust::witness);
    witness.ifPresent(one -> text.append("witness " + one.getKey() + " " + one.getValue() + "\n"));
    var first = witness.map(Map.Entry::getKey);
    var name = first.filter(THIRD::equals).isPresent() ? THIRD + "-witness" : THIRD;
    third.key().ifPresent(one -> text.append("witness " + name + " " + one + "\n"));
    if (third.required() && first.isPresent()) {
      text.append("group " + BOTH + " all " + first.get() + " " + name + "\n");
    }
    var quorum = third.required() ? first.map(one -> BOTH).or(() -> Optional.of(name)) : first;
    return text.append("quorum " + quorum.orElse("none") + "\n").toString();
  }
}
