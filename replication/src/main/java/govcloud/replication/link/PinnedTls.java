package govcloud.replication.link;

import govcloud.replication.keys.LinkIdentity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS for the link: this cloud shows its own certificate, and takes the sibling's and no other,
 * whatever authority signed it and whatever host it is found on.
 */
public final class PinnedTls {
  private static final char[] NO_PASSWORD = {};

  private PinnedTls() {}

  /** A context for both directions. */
  public static SSLContext context(LinkIdentity own, X509Certificate sibling) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "link", own.privateKey(), NO_PASSWORD, new X509Certificate[] {own.certificate()});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), new TrustManager[] {new Pinned(sibling)}, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("TLS 1.3: not in this Java", e);
    }
  }

  /** Extended, so that Java leaves the comparison with the host's name to it. */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final X509Certificate sibling;

    Pinned(X509Certificate sibling) {
      this.sibling = sibling;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (chain.length == 0 || !chain[0].equals(sibling)) {
        throw new CertificateException(
            "certificate "
                + (chain.length == 0 ? "missing" : "of " + chain[0].getSubjectX500Principal())
                + " (expected: the one on the sibling's card)");
      }
      chain[0].checkValidity();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {sibling};
    }
  }
}
