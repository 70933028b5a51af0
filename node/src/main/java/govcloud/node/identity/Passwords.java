package govcloud.node.identity;

import govcloud.domain.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id verifiers in the PHC string format. The parameters are those that OWASP gives for 19
 * MiB: a node has little memory, and checks few passwords at the same time.
 */
final class Passwords {

  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;

  /** A verifier that no password fits, and that takes as long to find out. */
  static final Secret NOBODY =
      new Secret(
          "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
              + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

  private Passwords() {}

  /** The verifier of a password. Takes tens of milliseconds and 19 MiB. */
  static Secret verifier(String password, byte[] salt) {
    var coder = Base64.getEncoder().withoutPadding();
    return new Secret(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                MEMORY_KIB,
                PASSES,
                LANES,
                coder.encodeToString(salt),
                coder.encodeToString(hash(password, salt, MEMORY_KIB, PASSES, LANES))));
  }

  /** Whether a password fits a verifier. Takes as long as making one. */
  static boolean fits(String password, Secret verifier) {
    var parts = verifier.value().split("\\$", -1);
    var costs = parts[3].split("[=,]", -1);
    var expected = Base64.getDecoder().decode(parts[5]);
    var hash =
        hash(
            password,
            Base64.getDecoder().decode(parts[4]),
            Integer.parseInt(costs[1]),
            Integer.parseInt(costs[3]),
            Integer.parseInt(costs[5]));
    return MessageDigest.isEqual(expected, hash);
  }

  private static byte[] hash(String password, byte[] salt, int memory, int passes, int lanes) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(normal(password).getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  /** The same characters are the same password, however a keyboard composes them. */
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }
}
