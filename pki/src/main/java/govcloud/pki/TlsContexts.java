package govcloud.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS 1.3 with what this program shows and whom it takes, and nothing of the machine's stores. */
public final class TlsContexts {
  /** The only version that any door speaks. */
  public static final String VERSION = "TLSv1.3";

  private static final char[] NO_PASSWORD = {};

  /**
   * Opens the store once. The other one, PKIX, opens it again for each connection, and the store
   * stretches its password with 10,000 rounds: more work than the handshake itself.
   */
  private static final String KEY_MANAGER = "SunX509";

  private TlsContexts() {}

  /**
   * For a client without a certificate of its own.
   *
   * @param authority PEM file with the certificates of those whose servers are taken
   */
  public static SSLContext client(Path authority) throws PkiException {
    return context(new KeyManager[0], trust(PemFile.certificates(authority)));
  }

  /**
   * For a client with a certificate of its own.
   *
   * @param authority PEM file with the certificates of those whose servers are taken
   * @param identity PEM file with its certificate and key, readable by its owner alone
   */
  public static SSLContext client(Path authority, Path identity) throws PkiException {
    return context(Identity.read(identity, identity), trust(PemFile.certificates(authority)));
  }

  /** For whoever shows a certificate. */
  static SSLContext context(Identity own, X509ExtendedTrustManager trust) {
    try {
      KeyStore store = empty();
      store.setKeyEntry("own", own.key(), NO_PASSWORD, own.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance(KEY_MANAGER);
      keys.init(store, NO_PASSWORD);
      return context(keys.getKeyManagers(), trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(KEY_MANAGER + ": not in this Java", e);
    }
  }

  private static SSLContext context(KeyManager[] keys, X509ExtendedTrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(keys, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS 1.3: not in this Java", e);
    }
  }

  /** Takes what these authorities have signed; none: nobody. */
  static X509ExtendedTrustManager trust(List<X509Certificate> authorities) {
    try {
      KeyStore store = empty();
      for (int i = 0; i < authorities.size(); i++) {
        store.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("PKIX: not in this Java", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty store needs no input", e);
    }
  }
}
