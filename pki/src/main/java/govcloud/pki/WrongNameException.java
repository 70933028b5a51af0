package govcloud.pki;

import java.security.cert.CertificateException;

/** A certificate that is in order, of somebody else. */
final class WrongNameException extends CertificateException {
  private static final long serialVersionUID = 1L;

  WrongNameException(String message) {
    super(message);
  }
}
