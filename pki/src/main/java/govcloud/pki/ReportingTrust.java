package govcloud.pki;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks another one whether a certificate is taken, and tells when not: the libraries that listen
 * say nothing of it.
 */
public final class ReportingTrust extends X509ExtendedTrustManager {
  private final String door;
  private final X509ExtendedTrustManager asked;
  private final TlsWatch watch;

  /**
   * Decides nothing itself.
   *
   * @param door as refusals name it
   */
  public ReportingTrust(String door, X509ExtendedTrustManager asked, TlsWatch watch) {
    this.door = door;
    this.asked = asked;
    this.watch = watch;
  }

  @FunctionalInterface
  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, String address, Check check)
      throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      watch.refused(RefusedCertificate.of(door, address, chain, e));
      throw e;
    }
  }

  private static String address(Socket socket) {
    return socket == null || socket.getInetAddress() == null
        ? ""
        : socket.getInetAddress().getHostAddress() + ":" + socket.getPort();
  }

  private static String address(SSLEngine engine) {
    return engine == null || engine.getPeerHost() == null
        ? ""
        : engine.getPeerHost() + ":" + engine.getPeerPort();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, "", () -> asked.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, "", () -> asked.checkServerTrusted(chain, type));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, address(socket), () -> asked.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, address(socket), () -> asked.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, address(engine), () -> asked.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, address(engine), () -> asked.checkServerTrusted(chain, type, engine));
  }

  /**
   * None is named: whoever has another one would show nothing, and nobody would know who it was.
   */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
