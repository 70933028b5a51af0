package govcloud.node.tls;

import govcloud.pki.TlsContexts;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.TlsSessionInfo;
import org.apache.pekko.http.javadsl.settings.ParserSettings;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Function;

/** A listener for other clouds: TLS 1.3, and nobody without a certificate. */
public final class CloudListener {

  private CloudListener() {}

  /**
   * Begins to listen; ends with the actor system.
   *
   * @param tls asked for each connection, so that what has changed is taken
   * @param largest body in bytes
   * @param grace that requests under way have at the end
   */
  public static CompletionStage<ServerBinding> bind(
      ActorSystem<?> system,
      String host,
      int port,
      Supplier<SSLContext> tls,
      long largest,
      Duration grace,
      Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
    return Http.get(system)
        .newServerAt(host, port)
        .enableHttps(ConnectionContext.httpsServer(() -> engine(tls.get())))
        .withSettings(settings(system, largest))
        .bind(handler)
        .thenApply(binding -> binding.addToCoordinatedShutdown(grace, system));
  }

  private static SSLEngine engine(SSLContext tls) {
    var engine = tls.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    engine.setEnabledProtocols(new String[] {TlsContexts.VERSION});
    return engine;
  }

  private static ServerSettings settings(ActorSystem<?> system, long largest) {
    return ServerSettings.create(system.classicSystem())
        .withServerHeader(Optional.empty())
        .withVerboseErrorMessages(false)
        .withRemoteAddressAttribute(true)
        .withParserSettings(
            ParserSettings.forServer(system.classicSystem())
                .withIncludeTlsSessionInfoHeader(true)
                .withMaxContentLength(largest));
  }

  /** The certificate that a caller has shown. */
  public static Optional<Certificate> certificate(HttpRequest request) {
    return request
        .getHeader(TlsSessionInfo.class)
        .flatMap(
            info -> {
              try {
                return Optional.of(info.getSession().getPeerCertificates()[0]);
              } catch (SSLPeerUnverifiedException e) {
                return Optional.empty();
              }
            });
  }
}
