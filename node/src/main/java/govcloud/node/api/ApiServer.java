package govcloud.node.api;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.http.Border;
import govcloud.node.http.ConcurrencyLimits;
import govcloud.node.http.Contract;
import govcloud.node.http.Door;
import govcloud.node.http.HttpServer;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Routes;
import govcloud.node.http.Threshold;
import govcloud.node.http.Witness;
import govcloud.node.metering.RequestMeter;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Starts the API of a node when all features have started. */
public final class ApiServer {

  private static final int TRACE_BYTES = 40;

  private ApiServer() {}

  /**
   * Collects the routes of all features and listens.
   *
   * @param door asked once, after the routes are collected
   * @param witness likewise
   * @param meter counts the requests of tenants
   * @param random for trace ids and nonces
   * @param nanoTime a clock in nanoseconds that only goes forward
   * @return fails with {@link govcloud.node.http.HttpStartException} when the port is taken
   * @throws govcloud.node.http.HttpStartException when a setting is wrong
   */
  public static CompletionStage<HttpServer> start(
      NodeContext context,
      List<NodeFeature> features,
      Supplier<Door> door,
      Supplier<Witness> witness,
      RequestMeter meter,
      SecureRandom random,
      LongSupplier nanoTime) {
    var settings = HttpSettings.from(context.system().settings().config());
    var routes = new Routes();
    features.forEach(feature -> feature.routes(context, routes));
    var border =
        new Border(
            context.system(),
            settings,
            Contract.load(),
            routes,
            door.get(),
            new TenantRates(context.entities(), context.opening(), meter, nanoTime),
            Threshold.of(context.system(), settings, nanoTime),
            ConcurrencyLimits.of(settings, nanoTime),
            witness.get(),
            digits(random));
    return HttpServer.start(context.system(), settings, border);
  }

  private static Supplier<String> digits(SecureRandom random) {
    return () -> {
      var bytes = new byte[TRACE_BYTES];
      random.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    };
  }
}
