package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of the vault, in one generation: it wraps the keys of people, and makes their pseudonyms.
 * Its file holds it sealed to the recovery key as well. Not for several threads.
 */
public final class VaultKeys implements AutoCloseable {
  private static final String TITLE = "govcloud vault key";
  private static final String FILE = "vault.key";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int PSEUDONYM = 16;

  private final String cloud;
  private final KeyGrant grant;
  private final byte[] secret;
  private final byte[] index;

  private VaultKeys(String cloud, KeyGrant grant, byte[] secret, byte[] index) {
    this.cloud = cloud;
    this.grant = grant;
    this.secret = secret;
    this.index = index;
  }

  /** Whether a folder has the key of a vault. */
  public static boolean exist(KeyFolder keys) {
    return Files.exists(file(keys));
  }

  /**
   * Makes the first generation.
   *
   * @throws KeyException when there is one already
   */
  public static void create(KeyFolder keys, SecureRandom random) throws KeyException {
    PublicRecovery recovery = keys.recovery();
    byte[] secret = new byte[Derivation.KEY];
    byte[] index = new byte[Derivation.KEY];
    random.nextBytes(secret);
    random.nextBytes(index);
    try (VaultKeys first = sealed(recovery, 1, secret, index)) {
      byte[] text = first.text();
      SecretFiles.write(file(keys), text);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The key in a folder; the caller closes it. */
  public static VaultKeys read(KeyFolder keys) throws KeyException {
    byte[] text = SecretFiles.readSecret(file(keys));
    try (KeyFile file = KeyFile.parse(TITLE, text)) {
      return new VaultKeys(
          file.text("cloud"),
          KeyGrant.parseFrom(file.bytes("grant")),
          file.bytes("vault-secret"),
          file.bytes("index-secret"));
    } catch (InvalidProtocolBufferException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, FILE + ": grant", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static Path file(KeyFolder keys) {
    return keys.folder().resolve(FILE);
  }

  private static VaultKeys sealed(
      PublicRecovery recovery, int generation, byte[] secret, byte[] index) {
    byte[] both = Arrays.copyOf(secret, 2 * Derivation.KEY);
    System.arraycopy(index, 0, both, Derivation.KEY, Derivation.KEY);
    // The name tells a grant of the vault from that of an epoch, and both clouds make the same.
    ByteString name =
        ByteString.copyFrom(
            Derivation.mac(index).doFinal(("vault " + generation).getBytes(StandardCharsets.UTF_8)),
            0,
            ReplicaHash.SHORT);
    KeyGrant grant = recovery.key().seal(recovery.cloud(), generation, name, both);
    Arrays.fill(both, (byte) 0);
    return new VaultKeys(recovery.cloud(), grant, secret, index);
  }

  private byte[] text() {
    try (KeyFile file = new KeyFile(TITLE)) {
      return file.text("cloud", cloud)
          .bytes("grant", grant.toByteArray())
          .bytes("vault-secret", secret)
          .bytes("index-secret", index)
          .toBytes();
    }
  }

  /** Counts from 1. */
  public int generation() {
    return grant.getEpoch();
  }

  /**
   * A pseudonym that tells neither the person nor, in another department, that it is the same one.
   *
   * @param person what names the person, such as the number of an identity document
   */
  public String pseudonym(String tenant, String person) {
    byte[] full = Derivation.mac(index).doFinal(context("govcloud subject v1", tenant, person));
    return "p-" + ReplicaHash.hex(ByteString.copyFrom(full, 0, PSEUDONYM));
  }

  /** Wraps a person's key. */
  public byte[] wrap(String tenant, String subject, byte[] key, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] text = cipher(Cipher.ENCRYPT_MODE, nonce, tenant, subject).doFinal(key);
      return ByteBuffer.allocate(NONCE + text.length).put(nonce).put(text).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: failed", e);
    }
  }

  /**
   * Unwraps a person's key; the caller wipes it.
   *
   * @throws KeyException when it was wrapped under another key, or for somebody else
   */
  public byte[] unwrap(String tenant, String subject, byte[] wrapped) throws KeyException {
    try {
      byte[] nonce = Arrays.copyOf(wrapped, NONCE);
      return cipher(Cipher.DECRYPT_MODE, nonce, tenant, subject)
          .doFinal(wrapped, NONCE, wrapped.length - NONCE);
    } catch (AEADBadTagException | IllegalArgumentException e) {
      throw new KeyException(
          KeyDefect.VAULT_KEY_WRONG,
          subject + " (expected: wrapped under generation " + generation() + ")",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: failed", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String tenant, String subject)
      throws GeneralSecurityException {
    // The JDK's provider by name: others are far slower.
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context("govcloud wrapped key v1 " + generation(), tenant, subject));
    return cipher;
  }

  private static byte[] context(String label, String tenant, String name) {
    return (label + "\0" + tenant + "\0" + name).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(index, (byte) 0);
  }
}
