package govcloud.pki;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks another one whether a certificate is taken, and tells when not: the libraries that listen
 * say nothing of it.
 */
public final class ReportingTrust extends WrappedTrust {
  private final String door;
  private final TlsWatch watch;

  /**
   * Decides nothing itself.
   *
   * @param door as refusals name it
   */
  public ReportingTrust(String door, X509ExtendedTrustManager asked, TlsWatch watch) {
    super(asked);
    this.door = door;
    this.watch = watch;
  }

  @Override
  void check(X509Certificate[] chain, String address, Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      watch.refused(RefusedCertificate.of(door, address, chain, e));
      throw e;
    }
  }

  /**
   * None is named: whoever has another one would show nothing, and nobody would know who it was.
   */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
