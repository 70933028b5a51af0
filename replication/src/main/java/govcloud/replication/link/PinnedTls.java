package govcloud.replication.link;

import govcloud.replication.keys.LinkIdentity;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

  /** A context for one who calls, or is called by nobody else. */
  public static SSLContext context(LinkIdentity own, X509Certificate sibling) {
    return context(own, sibling, List::of);
  }

  /**
   * A context for both directions.
   *
   * @param others certificates of others that are let in and never called, asked for with every
   *     connection: of given-up sites of the sibling, to be told so, and of readers
   */
  public static SSLContext context(
      LinkIdentity own, X509Certificate sibling, Supplier<List<X509Certificate>> others) {
    return context(own, sibling, others, UnaryOperator.identity());
  }

  /**
   * The same, where somebody wants to know who was not let in.
   *
   * @param watched gives one who asks the one that it is given, and tells what that one refuses
   */
  public static SSLContext context(
      LinkIdentity own,
      X509Certificate sibling,
      Supplier<List<X509Certificate>> others,
      UnaryOperator<X509ExtendedTrustManager> watched) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "link", own.privateKey(), NO_PASSWORD, new X509Certificate[] {own.certificate()});
      // opens the store once, where PKIX does it again for each connection, at 10,000 rounds
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
      keys.init(store, NO_PASSWORD);
      TrustManager trust = watched.apply(new Pinned(sibling, others));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("TLS 1.3: not in this Java", e);
    }
  }

  /** Extended, so that Java leaves the comparison with the host's name to it. */
  private static final class Pinned extends X509ExtendedTrustManager {
    private final X509Certificate sibling;
    private final Supplier<List<X509Certificate>> others;

    Pinned(X509Certificate sibling, Supplier<List<X509Certificate>> others) {
      this.sibling = sibling;
      this.others = others;
    }

    private List<X509Certificate> callers() {
      return Stream.concat(Stream.of(sibling), others.get().stream()).toList();
    }

    private static void check(X509Certificate[] chain, List<X509Certificate> expected)
        throws CertificateException {
      if (chain.length == 0 || !expected.contains(chain[0])) {
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
      check(chain, callers());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      check(chain, List.of(sibling));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain, callers());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      check(chain, List.of(sibling));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, callers());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      check(chain, List.of(sibling));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return callers().toArray(X509Certificate[]::new);
    }
  }
}
