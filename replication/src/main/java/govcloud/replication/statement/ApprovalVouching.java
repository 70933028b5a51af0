package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import java.util.Base64;
import java.util.List;

/**
 * The word of a cloud that people with accounts there have signed a command with passkeys of
 * theirs. A passkey's signature proves which key made it; whose key it is, the cloud says that has
 * the account.
 */
public final class ApprovalVouching {
  private static final String TITLE = "govcloud approval v1\0";

  private ApprovalVouching() {}

  /**
   * Who signed.
   *
   * @param person name of the account
   * @param publicKey of the passkey, in COSE form, base64url
   */
  public record Signed(String person, String publicKey) {}

  /**
   * Signs.
   *
   * @param command the exact text that people signed
   * @return base64url without padding
   */
  public static String sign(SigningKey key, String command, List<Signed> people) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.sign(message(command, people)));
  }

  /**
   * Whether one of these keys made the signature.
   *
   * @param signature as {@link #sign} gave it; anything else is none
   */
  public static boolean isSigned(
      List<TrustedKey> keys, String signature, String command, List<Signed> people) {
    byte[] message = message(command, people);
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(signature);
      return keys.stream().anyMatch(key -> key.made(bytes, message));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What is signed cannot be taken for a statement, which the same key signs. */
  private static byte[] message(String command, List<Signed> people) {
    ByteString all = text(command);
    for (Signed one : people) {
      all = all.concat(text(one.person())).concat(text(one.publicKey()));
    }
    return ByteString.copyFromUtf8(TITLE).concat(ReplicaHash.of(all)).toByteArray();
  }

  /** With its length before it, so that no two lists of texts are the same bytes. */
  private static ByteString text(String text) {
    ByteString bytes = ByteString.copyFromUtf8(text);
    return ByteString.copyFromUtf8(bytes.size() + ":").concat(bytes);
  }
}
