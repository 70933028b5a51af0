package govcloud.pki;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * A certificate that was shown at a door and not taken.
 *
 * @param door at which it was shown, such as {@code cluster}
 * @param address of whoever showed it, or empty where the program is not told
 * @param subject as the certificate has it; who made it may have written anything
 * @param issuer likewise
 * @param serial number, hexadecimal
 * @param reason why it was not taken
 * @param detail the same in the words of whoever found it
 */
public record RefusedCertificate(
    String door,
    String address,
    String subject,
    String issuer,
    String serial,
    Reason reason,
    String detail) {

  /** Why a certificate is not taken. */
  public enum Reason {
    /** No authority of this door has signed it. */
    UNTRUSTED_ISSUER,
    /** Its time is over. */
    EXPIRED,
    /** Its time has not begun. */
    NOT_YET_VALID,
    /** It is for another purpose, such as a server's that is shown by a client. */
    WRONG_USAGE,
    /** It is in order, and of somebody else than the door is for. */
    WRONG_NAME,
    /** Anything else; the detail says what. */
    OTHER;

    /** As figures have it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Reason of(Throwable failure) {
      for (Throwable why = failure; why != null; why = why.getCause()) {
        if (why instanceof WrongNameException) {
          return WRONG_NAME;
        }
        if (why instanceof CertificateExpiredException) {
          return EXPIRED;
        }
        if (why instanceof CertificateNotYetValidException) {
          return NOT_YET_VALID;
        }
        if (why instanceof CertPathValidatorException path
            && (path.getReason() == BasicReason.EXPIRED
                || path.getReason() == BasicReason.NOT_YET_VALID)) {
          return path.getReason() == BasicReason.EXPIRED ? EXPIRED : NOT_YET_VALID;
        }
        String words = String.valueOf(why.getMessage()).toLowerCase(Locale.ROOT);
        if (words.contains("usage")) {
          return WRONG_USAGE;
        }
        if (words.contains("subject alternative") || words.contains("no name matching")) {
          return WRONG_NAME;
        }
        if (words.contains("path")) {
          return why.getCause() == null || why.getCause() == why
              ? UNTRUSTED_ISSUER
              : inner(why.getCause());
        }
      }
      return OTHER;
    }

    /** A path that was not found may have been found, and not be valid. */
    private static Reason inner(Throwable cause) {
      Reason inner = of(cause);
      return inner == OTHER ? UNTRUSTED_ISSUER : inner;
    }
  }

  static RefusedCertificate of(
      String door, String address, X509Certificate[] chain, Throwable why) {
    boolean none = chain == null || chain.length == 0;
    return new RefusedCertificate(
        door,
        address,
        none ? "" : chain[0].getSubjectX500Principal().getName(),
        none ? "" : chain[0].getIssuerX500Principal().getName(),
        none ? "" : chain[0].getSerialNumber().toString(16),
        Reason.of(why),
        String.valueOf(why.getMessage()));
  }
}
