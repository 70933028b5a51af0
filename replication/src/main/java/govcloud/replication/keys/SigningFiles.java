package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.SigningKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The signing keys in a folder, numbered through. A key is there when its statement is: that is
 * written last, so that a crash leaves no key without its private half.
 */
final class SigningFiles {
  private static final String TITLE = "govcloud signing key";
  private static final String PREFIX = "signing-";

  private final Path folder;

  SigningFiles(Path folder) {
    this.folder = folder;
  }

  int newest() throws KeyException {
    return SecretFiles.last(folder, PREFIX, ".gkey");
  }

  SigningKey read(int number) throws KeyException {
    byte[] text = SecretFiles.readSecret(file(number));
    try {
      return key(text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The key whose private half is written so. */
  static SigningKey key(byte[] text) throws KeyException {
    try (KeyFile file = KeyFile.parse(TITLE, text)) {
      byte[] seed = file.bytes("seed");
      SigningKey key = new SigningKey(file.text("cloud"), seed);
      Arrays.fill(seed, (byte) 0);
      return key;
    }
  }

  /** A private half as it is written; the caller wipes it. */
  static byte[] text(SigningKey key, byte[] seed) {
    try (KeyFile file = new KeyFile(TITLE)) {
      return file.text("cloud", key.cloud())
          .bytes("key", key.id().toByteArray())
          .bytes("seed", seed)
          .toBytes();
    }
  }

  /** All statements in order. */
  List<ByteString> statements() throws KeyException {
    List<ByteString> statements = new ArrayList<>();
    int last = newest();
    for (int number = 1; number <= last; number++) {
      statements.add(statement(number));
    }
    return statements;
  }

  ByteString statement(int number) throws KeyException {
    return ByteString.copyFrom(SecretFiles.read(statementFile(number)));
  }

  /**
   * Adds a key, or goes on where a crash has left it half written.
   *
   * @throws KeyException with {@code KEY_FILE_EXISTS} when there is another key of this number
   */
  void add(int number, byte[] text, ByteString statement) throws KeyException {
    SecretFiles.keep(file(number), text);
    addStatement(number, statement);
  }

  /** Adds the statement about a key whose private half was lost with its site. */
  void addStatement(int number, ByteString statement) throws KeyException {
    SecretFiles.keepPublic(statementFile(number), statement.toByteArray());
  }

  private Path file(int number) {
    return folder.resolve(PREFIX + number + ".key");
  }

  private Path statementFile(int number) {
    return folder.resolve(PREFIX + number + ".gkey");
  }
}
