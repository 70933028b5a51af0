package govcloud.pki;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Asks another one whether a certificate is taken, and adds something to that in one place. */
abstract class WrappedTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager asked;

  WrappedTrust(X509ExtendedTrustManager asked) {
    this.asked = asked;
  }

  /** What the other one says. */
  @FunctionalInterface
  interface Check {
    void run() throws CertificateException;
  }

  /**
   * Carries out the check of the other one.
   *
   * @param address of the peer; empty: not known
   * @throws CertificateException when the certificate is not taken
   */
  abstract void check(X509Certificate[] chain, String address, Check check)
      throws CertificateException;

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

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return asked.getAcceptedIssuers();
  }
}
