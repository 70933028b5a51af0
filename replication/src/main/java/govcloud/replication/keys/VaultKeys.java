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
 * Its file holds it sealed to the recovery key as well. The key of the next generation follows from
 * it, and nothing leads back: where a generation is destroyed, what it wrapped stays closed. For
 * several threads, until it is closed.
 */
public final class VaultKeys implements AutoCloseable {
  private static final String TITLE = "govcloud vault key";
  private static final String FILE = "vault.key";
  private static final String ASKED = "vault.rotate";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int PSEUDONYM = 16;

  /** Far more than a node can be away, one generation a day. */
  private static final int MOST_STEPS = 100_000;

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
   * Makes the first generation. Nobody has to sign for it, as nothing was sealed before; nodes do
   * not take another one in its place when something is.
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
      first.write(keys);
    }
  }

  /**
   * The key in a folder; the caller closes it.
   *
   * @throws KeyException when there is none, or it cannot be used
   */
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

  /**
   * The key that a copy of the vault brings along; the caller closes it.
   *
   * @throws KeyException when these secrets do not open it
   */
  public static VaultKeys open(ReplicaSecrets secrets, KeyGrant grant) throws KeyException {
    try (EpochKeys opened = secrets.open(grant)) {
      return new VaultKeys(secrets.cloud(), grant, opened.epochSecret(), opened.indexSecret());
    }
  }

  /**
   * Writes the key into a folder that has none.
   *
   * @throws KeyException when there is one already
   */
  public void write(KeyFolder keys) throws KeyException {
    byte[] text = text();
    SecretFiles.write(file(keys), text);
    Arrays.fill(text, (byte) 0);
  }

  /**
   * A later generation of the key, or the same; the caller closes it.
   *
   * @param recovery to whose key it is sealed
   * @throws KeyException with {@code VAULT_KEY_WRONG} when it is an earlier one, which nobody can
   *     make any more, or one that is too far away to be meant
   */
  public VaultKeys later(int generation, PublicRecovery recovery) throws KeyException {
    if (generation < generation() || generation - generation() > MOST_STEPS) {
      throw new KeyException(
          KeyDefect.VAULT_KEY_WRONG,
          "generation " + generation + " (expected: " + generation() + " or a later one)");
    }
    byte[] next = secret.clone();
    for (int step = generation() + 1; step <= generation; step++) {
      byte[] before = next;
      next =
          Derivation.derive(
              before, new byte[0], Derivation.info("govcloud vault ratchet v1", new byte[0]));
      Arrays.fill(before, (byte) 0);
    }
    return sealed(recovery, generation, next, index.clone());
  }

  /**
   * Puts this generation in place of earlier ones in the folder, and destroys those. Several
   * processes may do so at the same time.
   *
   * @return false: another one does it just now
   * @throws KeyException when the folder cannot be written, or has a later generation
   */
  public boolean replace(KeyFolder keys) throws KeyException {
    byte[] text = text();
    try {
      return SecretFiles.replaceSecret(
          file(keys),
          text,
          () -> {
            try (VaultKeys there = read(keys)) {
              return there.generation() < generation();
            }
          });
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Asks the nodes that use this folder for the next generation.
   *
   * @throws KeyException when there is no key of a vault
   */
  public static void askRotation(KeyFolder keys) throws KeyException {
    read(keys).close();
    SecretFiles.replacePublic(keys.folder().resolve(ASKED), new byte[0]);
  }

  /** Whether the next generation is asked for. */
  public static boolean isRotationAsked(KeyFolder keys) {
    return Files.exists(keys.folder().resolve(ASKED));
  }

  /** The next generation has begun. */
  public static void rotationBegun(KeyFolder keys) throws KeyException {
    SecretFiles.delete(keys.folder().resolve(ASKED));
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

  /** The same key, sealed to the recovery key. */
  public KeyGrant grant() {
    return grant;
  }

  /** The key that seals a copy of the vault. */
  public PartKey copyKey(PartPlace place, ByteString salt) {
    byte[] info = Derivation.info("govcloud vault copy v1", place.bytes(0));
    return new PartKey(Derivation.derive(secret, salt.toByteArray(), info));
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
