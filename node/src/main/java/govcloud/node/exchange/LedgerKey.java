package govcloud.node.exchange;

import govcloud.exchange.JsonBytes;
import govcloud.exchange.gate.Agreed;
import govcloud.ledger.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The key of a ledger, and so the ledger itself: another key is another ledger. A key is never
 * copied to another site; with the site it is lost, and its ledger is never gone on with.
 */
record LedgerKey(NoteSigner signer) {

  private static final int DIGITS = 32;

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when there is none, beginning with the setting's name
   */
  static LedgerKey read(Path file) {
    try {
      return new LedgerKey(NoteSigner.parse(Files.readString(file).strip()));
    } catch (IOException | IllegalArgumentException e) {
      throw ExchangeSettings.wrong(
          "ledger-key", file + ": " + e.getMessage(), "a key made by exchange keys");
    }
  }

  /** The public half. */
  String text() {
    return signer.key().toString();
  }

  /**
   * Makes hashes of the values of one agreement, which nobody without the ledger's key can make.
   */
  byte[] hashKey(Agreed agreed) {
    var secret = "govcloud exchange hash v1\n" + signer.secretText() + "\n" + agreed.address();
    return HexFormat.of().parseHex(JsonBytes.sha256(secret));
  }

  /** The entity that holds the order of its entries. */
  String entity() {
    return "ledger/" + JsonBytes.sha256(text()).substring(0, DIGITS);
  }
}
