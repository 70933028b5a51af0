package govcloud.replication.keys;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Names under which a cloud finds again what is about a person. Numbers of people are few enough to
 * try them all, so a hash alone tells them; these are HMAC-SHA-256 under a key of the cloud. It
 * comes from the secret that all epochs share, so a site that is rebuilt with shares has the same
 * names, and no other cloud has. For several threads.
 */
public final class SubjectNames {
  private final byte[] key;

  private SubjectNames(byte[] key) {
    this.key = key;
  }

  /**
   * Those of a cloud.
   *
   * @throws KeyException when its keys cannot be read
   */
  public static SubjectNames of(KeyFolder keys) throws KeyException {
    try (EpochKeys epoch = keys.firstEpoch()) {
      return new SubjectNames(epoch.subjectKey());
    }
  }

  /** The name of something that tells the person, in lower-case hexadecimal. */
  public String of(String telling) {
    Mac mac = Derivation.mac(key);
    return HexFormat.of().formatHex(mac.doFinal(telling.getBytes(StandardCharsets.UTF_8)));
  }
}
