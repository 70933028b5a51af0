package govcloud.pki;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS of one door whose files may change while the program runs. They are looked at when somebody
 * asks, at most once in an interval; files that are not usable change nothing. Connections that are
 * there go on with what they began with. For several threads.
 */
public final class LiveTls {
  private final String door;
  private final TlsFiles files;
  private final TlsWatch watch;
  private final Duration interval;
  private final InstantSource clock;

  private volatile Loaded loaded;
  private volatile Instant nextLook;
  private String seen;

  private record Loaded(Identity own, List<X509Certificate> authorities, SSLContext context) {}

  private LiveTls(
      String door, TlsFiles files, TlsWatch watch, Duration interval, InstantSource clock) {
    this.door = door;
    this.files = files;
    this.watch = watch;
    this.interval = interval;
    this.clock = clock;
  }

  /**
   * Reads the files.
   *
   * @param door as reports name it
   * @param interval how often they are looked at, at most
   * @throws PkiException when they are not usable, or the certificate is not valid now
   */
  public static LiveTls open(
      String door, TlsFiles files, TlsWatch watch, Duration interval, InstantSource clock)
      throws PkiException {
    LiveTls tls = new LiveTls(door, files, watch, interval, clock);
    tls.seen = files.state();
    tls.loaded = tls.read();
    tls.nextLook = clock.instant().plus(interval);
    return tls;
  }

  private Loaded read() throws PkiException {
    Identity own = files.identity();
    try {
      own.certificate().checkValidity(Date.from(clock.instant()));
    } catch (CertificateException e) {
      throw new PkiException(
          PkiDefect.TLS_CERTIFICATE_NOT_VALID,
          files.certificate()
              + ": valid from "
              + own.certificate().getNotBefore().toInstant()
              + " to "
              + own.certificate().getNotAfter().toInstant()
              + " (expected: now in between)",
          e);
    }
    List<X509Certificate> authorities =
        files.authorities().isPresent()
            ? PemFile.certificates(files.authorities().get())
            : List.of();
    X509ExtendedTrustManager trust = TlsContexts.trust(authorities);
    if (!files.peerName().isEmpty()) {
      trust = new NamedPeers(files.peerName(), trust);
    }
    return new Loaded(
        own, authorities, TlsContexts.context(own, new ReportingTrust(door, trust, watch)));
  }

  private Loaded current() {
    if (!clock.instant().isBefore(nextLook)) {
      look();
    }
    return loaded;
  }

  private synchronized void look() {
    nextLook = clock.instant().plus(interval);
    String state = files.state();
    if (state.equals(seen)) {
      return;
    }
    seen = state;
    try {
      loaded = read();
      watch.renewed(door, loaded.own().certificate());
    } catch (PkiException e) {
      watch.notRenewed(door, e);
    } catch (IllegalStateException e) {
      watch.notRenewed(
          door, new PkiException(PkiDefect.TLS_FILE_UNUSABLE, door + ": " + e.getMessage(), e));
    }
  }

  /** The name of the door. */
  public String door() {
    return door;
  }

  /** The own certificate as it is shown now. */
  public X509Certificate certificate() {
    return current().own().certificate();
  }

  /** Whether it comes from authorities that a cloud on one machine has made, or takes such. */
  public boolean isDevelopment() {
    Loaded now = current();
    return now.own().chain().stream().anyMatch(DevelopmentAuthority::isDevelopment)
        || now.authorities().stream().anyMatch(DevelopmentAuthority::isDevelopment);
  }

  /** For whoever listens; asks for a certificate if the door has authorities. */
  public SSLEngine serverEngine() {
    SSLEngine engine = current().context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(files.authorities().isPresent());
    engine.setEnabledProtocols(new String[] {TlsContexts.VERSION});
    return engine;
  }

  /** For whoever connects to {@code host}, whose name or address its certificate must hold. */
  public SSLEngine namedClientEngine(String host, int port) {
    SSLEngine engine = clientEngine(host, port);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For whoever connects to {@code host}, whatever name stands in its certificate. */
  public SSLEngine clientEngine(String host, int port) {
    SSLEngine engine = current().context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {TlsContexts.VERSION});
    return engine;
  }
}
