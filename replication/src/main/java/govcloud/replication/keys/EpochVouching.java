package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * That whoever joined the shares of the recovery key gave a new site its epochs: a signature over
 * their names, in a file beside them. Nobody else can have made it, and no officer has to sign for
 * them again.
 */
final class EpochVouching {
  private static final String TITLE = "govcloud epochs of a new site";

  private EpochVouching() {}

  /** Vouches for all epochs in a folder. */
  static void write(KeyFolder keys, SigningKey recoverySigner) throws KeyException {
    List<ByteString> epochs = keys.epochs();
    byte[] text =
        new KeyFile(TITLE)
            .text("epochs", Integer.toString(epochs.size()))
            .bytes("signature", recoverySigner.sign(message(keys.recovery().cloud(), epochs)))
            .toBytes();
    SecretFiles.keepPublic(file(keys), text);
  }

  /**
   * So many epochs are vouched for, from the first on; 0: this is no new site.
   *
   * @throws KeyException with {@code KEY_FILE_DAMAGED} when they are not those that were vouched
   *     for
   */
  static int read(KeyFolder keys) throws KeyException {
    if (!Files.exists(file(keys))) {
      return 0;
    }
    PublicRecovery recovery = keys.recovery();
    List<ByteString> epochs = keys.epochs();
    try (KeyFile file = KeyFile.parse(TITLE, SecretFiles.read(file(keys)))) {
      int number = file.number("epochs");
      if (number < 1
          || number > epochs.size()
          || !new TrustedKey(recovery.cloud(), recovery.signer())
              .made(
                  file.bytes("signature"), message(recovery.cloud(), epochs.subList(0, number)))) {
        throw new KeyException(
            KeyDefect.KEY_FILE_DAMAGED,
            file(keys) + " (expected: the recovery key's word for the epochs beside it)");
      }
      return number;
    }
  }

  private static byte[] message(String cloud, List<ByteString> epochs) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    epochs.forEach(epoch -> said.writeBytes(epoch.toByteArray()));
    said.writeBytes(cloud.getBytes(StandardCharsets.UTF_8));
    return Derivation.info("govcloud epochs of a site v1", said.toByteArray());
  }

  private static Path file(KeyFolder keys) {
    return keys.folder().resolve("epochs.vouched");
  }
}
