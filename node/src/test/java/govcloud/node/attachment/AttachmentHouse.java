package govcloud.node.attachment;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.node.http.Border;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Client;
import govcloud.node.http.ConcurrencyLimits;
import govcloud.node.http.Contract;
import govcloud.node.http.HeaderDoor;
import govcloud.node.http.HttpServer;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Tenancy;
import govcloud.node.http.Threshold;
import govcloud.node.http.Token;
import govcloud.node.http.Witness;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.ReplicationSettings;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The border with the routes of attachments alone, over a real archive, without a database. */
final class AttachmentHouse implements AutoCloseable {

  static final String TOKEN = "0123456789abcdef0123456789abcdef";
  static final String CLOUD = "extranet";

  final Path archive;
  final Client client;
  final String url;
  final Attachments attachments;
  private final ActorSystem<Void> system;

  /**
   * A house in an empty folder.
   *
   * @param settings beside the reference configuration
   */
  AttachmentHouse(Path folder, String settings) throws Exception {
    archive = folder.resolve("archive");
    var config = config(folder, settings);
    system = ActorSystem.create(Behaviors.empty(), "attachments", config);
    var home = home(folder, config);
    attachments = Attachments.of(Optional.of(home), blobs -> blobs, system);
    url = serve(config);
    client = new Client(url, TOKEN);
  }

  private Config config(Path folder, String settings) throws IOException {
    var token = Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    return ConfigFactory.parseString(settings)
        .withFallback(
            ConfigFactory.parseMap(
                Map.of(
                    "govcloud.http.port",
                    0,
                    "govcloud.http.token-file",
                    token.toString(),
                    "govcloud.replication.keys-folder",
                    folder.resolve("keys").toString(),
                    "govcloud.replication.archive-folder",
                    archive.toString(),
                    "pekko.coordinated-shutdown.exit-jvm",
                    "off",
                    "pekko.loglevel",
                    "WARNING")))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private static HomeArchive home(Path folder, Config config) throws Exception {
    var keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, CLOUD, folder.resolve("shares"), 2, 3, new SecureRandom());
    return HomeArchive.open(ReplicationSettings.from(config), CLOUD).orElseThrow();
  }

  private String serve(Config config) {
    var contract = Contract.load();
    var routes = new Routes();
    new AttachmentRoutes(
            system, attachments, AttachmentSettings.from(config), AttachmentHouse::requireActive)
        .register(routes);
    contract.operationIds().stream()
        .filter(id -> !id.endsWith("Attachment"))
        .forEach(id -> routes.on(id, call -> CompletableFuture.completedStage(Replies.ok("x"))));
    var http = HttpSettings.from(config);
    var border =
        new Border(
            system,
            http,
            contract,
            routes,
            new HeaderDoor(Token.read(http.tokenFile())),
            new Unlimited(),
            Threshold.of(system, http, System::nanoTime),
            ConcurrencyLimits.of(http, System::nanoTime),
            Witness.NONE,
            () -> "1".repeat(80));
    return HttpServer.start(system, http, border).toCompletableFuture().join().url();
  }

  private static CompletionStage<String> requireActive(String tenant) {
    return tenant.equals("suspended")
        ? CompletableFuture.failedStage(
            Problem.of(BorderCode.NOT_FOUND, "not active").asException())
        : CompletableFuture.completedStage(tenant);
  }

  private static final class Unlimited implements Tenancy {
    @Override
    public CompletionStage<Long> requestsPerSecond(String tenant) {
      return CompletableFuture.completedStage(1_000_000L);
    }

    @Override
    public void countAllowed(String tenant) {}

    @Override
    public void countRefused(String tenant) {}
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the house does not end", e);
    }
  }
}
