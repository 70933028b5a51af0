package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a new signing key comes into use between two clouds that work: its statement, signed with the
 * key before, is sent to the sibling; the new key signs only when the sibling has said that it
 * knows it. The key folder is the memory, shared by all nodes of a cloud.
 */
public final class KeySuccession {
  private final KeyFolder keys;
  private final String sibling;

  /** Between the cloud whose keys these are and its sibling. */
  public KeySuccession(KeyFolder keys, String sibling) {
    this.keys = keys;
    this.sibling = sibling;
  }

  /** The keys of both clouds that count now. */
  public List<TrustedKey> trusted() throws KeyException {
    List<TrustedKey> trusted = new ArrayList<>(keys.signingKeys());
    trusted.addAll(keys.sibling(sibling).signingKeys());
    return trusted;
  }

  /** This cloud's newest key that the sibling knows; the newest, where it has never said so. */
  public SigningKey usable() throws KeyException {
    return keys.signing(usableNumber());
  }

  /** The number of {@link #usable}. */
  public int usableNumber() throws KeyException {
    Path file = file();
    return Files.exists(file) ? number(file) : keys.newestSigning();
  }

  private static int number(Path file) throws KeyException {
    String text = new String(SecretFiles.read(file), StandardCharsets.UTF_8).strip();
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new KeyException(
          KeyDefect.KEY_FILE_DAMAGED, file + ": " + text + " (expected: a key's number)");
    }
    return Integer.parseInt(text);
  }

  /** The sibling has said that it knows this cloud's key of this number and those before. */
  public void announced(int number) throws KeyException {
    Path file = file();
    if (!Files.exists(file) || number(file) < number) {
      SecretFiles.replacePublic(file, (number + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path file() {
    return keys.folder().resolve("siblings").resolve(sibling + ".announced");
  }

  /** The clouds of which nothing is taken in now: the sibling, or none. */
  public Set<String> held() {
    return keys.isHeld(sibling) ? Set.of(sibling) : Set.of();
  }

  /** The sibling's card, as it is trusted now. */
  public CloudCard siblingCard() throws KeyException {
    return keys.sibling(sibling);
  }

  /** Where people find the sibling, if its officers have said so. */
  public Optional<String> siblingAddress() throws KeyException {
    return SiteAddress.of(keys, sibling).known();
  }

  /** How many keys of the sibling are trusted. */
  public int known() throws KeyException {
    return keys.sibling(sibling).statements().size();
  }

  /**
   * Trusts the sibling's next key, because the one before signs its statement. A key for which only
   * the recovery key vouches is not taken this way: people hand over the card of a recovered cloud.
   *
   * @param number of the key; at most one above {@link #known}
   * @throws KeyException with {@code KEY_STATEMENT_WRONG} when it is not the next key, or is
   *     another one than was trusted before
   */
  public void learn(int number, ByteString statement) throws KeyException {
    CloudCard card = keys.sibling(sibling);
    List<ByteString> statements = new ArrayList<>(card.statements());
    if (number <= statements.size()) {
      if (!statements.get(number - 1).equals(statement)) {
        throw wrong(number, "another one is trusted");
      }
      return;
    }
    ByteString before = card.signingKeys().get(statements.size() - 1).id();
    if (!SignedStatement.keyId(statement).equals(before)) {
      throw wrong(
          number, "not signed with the key before (expected: key " + ReplicaHash.hex(before) + ")");
    }
    statements.add(statement);
    CloudCard next = new CloudCard(card.cloud(), card.recovery(), statements, card.certificate());
    next.signingKeys();
    keys.trust(next);
  }

  private static KeyException wrong(int number, String detail) {
    return new KeyException(KeyDefect.KEY_STATEMENT_WRONG, "signing key " + number + ": " + detail);
  }
}
