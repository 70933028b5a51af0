package govcloud.node;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.schema.SchemaException;
import govcloud.node.api.ApiServer;
import govcloud.node.catalogue.CatalogueException;
import govcloud.node.http.HttpServer;
import govcloud.node.http.HttpStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Properties;
import java.util.concurrent.CompletionException;

/** Starts one node: {@code java -Dconfig.file=node.conf -cp "lib/*" govcloud.node.NodeMain}. */
public final class NodeMain {

  /** The configuration, the catalogue or the token is wrong: starting again does not help. */
  static final int EXIT_CONFIGURATION = 2;

  /** Something that the node needs is not there. */
  static final int EXIT_FAILED = 1;

  private NodeMain() {}

  /** Starts the node; prints one line when it is ready, or one sentence why it is not. */
  public static void main(String[] arguments) {
    try {
      var configuration = NodeConfiguration.read(ConfigFactory.load());
      var version = version();
      var node = RunningNode.start(configuration, version, Clock.systemUTC());
      var url = serve(node).url();
      print(configuration.node().name() + " (" + version + ") is ready at " + url);
    } catch (RuntimeException e) {
      var why = cause(e);
      fail(exitCode(why), why);
    }
  }

  /** What went wrong, without the wrapping of a later stage. */
  static Throwable cause(Throwable failure) {
    var why = failure;
    while (why instanceof CompletionException && why.getCause() != null) {
      why = why.getCause();
    }
    return why;
  }

  /** Whether starting again without a change can help. */
  static int exitCode(Throwable why) {
    return why instanceof SettingsException
            || why instanceof ConfigException
            || why instanceof CatalogueException
            || why instanceof HttpStartException
        ? EXIT_CONFIGURATION
        : EXIT_FAILED;
  }

  /** Starts every feature, then listens. */
  public static HttpServer serve(RunningNode node) {
    var random = new SecureRandom();
    var features = new NodeFeatures(random, System::nanoTime);
    features.all().forEach(feature -> feature.start(node.context()));
    var server =
        ApiServer.start(
                node.context(),
                features.all(),
                features::door,
                features::witness,
                features.requests(),
                random,
                System::nanoTime)
            .toCompletableFuture()
            .join();
    node.listening(server.url());
    return server;
  }

  /** The version that the build has written down. */
  static String version() {
    var properties = new Properties();
    try (var in = NodeMain.class.getResourceAsStream("/govcloud/node/version.properties")) {
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException("version.properties: not readable", e);
    }
  }

  @SuppressWarnings("SystemOut") // the one line that a keeper waits for
  private static void print(String line) {
    System.out.println(line);
  }

  private static void fail(int exitCode, Throwable why) {
    var message = why.getMessage() == null ? why.toString() : why.getMessage();
    var code = why instanceof SchemaException schema ? schema.code() + ": " : "";
    System.err.println("govcloud-node: " + code + message);
    System.exit(exitCode);
  }
}
