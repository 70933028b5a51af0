package govcloud.pki;

import java.security.cert.X509Certificate;

/** Is told what happens at the doors; by several threads. */
public interface TlsWatch {

  /** A certificate was shown and not taken. */
  void refused(RefusedCertificate refused);

  /** Another own certificate is shown from now on. */
  void renewed(String door, X509Certificate certificate);

  /** Files have changed and are not usable; the certificate before is shown on. */
  void notRenewed(String door, PkiException why);
}
