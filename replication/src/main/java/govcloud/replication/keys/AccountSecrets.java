package govcloud.replication.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals short secrets of accounts that a cloud has to read again, before they are written into its
 * history, so that whoever has the journal alone does not have them, and a cloud that is rebuilt
 * with shares does. The key comes from the secret that all epochs of a cloud share: the grant of
 * any one in the replica brings it back. For several threads.
 */
public final class AccountSecrets {
  private static final String SEALED = "sealed:1:";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final KeyFolder keys;
  private final SecureRandom random;

  /** Under the keys in a folder. */
  public AccountSecrets(KeyFolder keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /** Whether a text is a secret that was sealed, and not one as it is. */
  public static boolean isSealed(String kept) {
    return kept.startsWith(SEALED);
  }

  /**
   * Seals a secret for one account: {@code sealed:1:}, then nonce and ciphertext in base64url.
   *
   * @throws KeyException when the cloud's keys cannot be read
   */
  public String seal(String account, String secret) throws KeyException {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try (EpochKeys epoch = keys.firstEpoch()) {
      byte[] text =
          cipher(Cipher.ENCRYPT_MODE, epoch, account, nonce)
              .doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] all = Arrays.copyOf(nonce, NONCE + text.length);
      System.arraycopy(text, 0, all, NONCE, text.length);
      return SEALED + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM: failed", e);
    }
  }

  /**
   * The secret of an account.
   *
   * @param kept as {@link #seal} gave it
   * @throws KeyException when it was sealed for another account, or with keys that are not here
   */
  public String open(String account, String kept) throws KeyException {
    try (EpochKeys epoch = keys.firstEpoch()) {
      byte[] all = Base64.getUrlDecoder().decode(kept.substring(SEALED.length()));
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, epoch, account, Arrays.copyOf(all, NONCE))
              .doFinal(all, NONCE, all.length - NONCE);
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw wrong(account, e);
    }
  }

  private static KeyException wrong(String account, Exception cause) {
    return new KeyException(
        KeyDefect.KEY_FILE_DAMAGED,
        "secret of account " + account + " (expected: sealed for it, with this cloud's keys)",
        cause);
  }

  private static Cipher cipher(int mode, EpochKeys epoch, String account, byte[] nonce)
      throws GeneralSecurityException {
    byte[] key = epoch.accountKey(account);
    try {
      // The JDK's provider by name: others are far slower.
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
