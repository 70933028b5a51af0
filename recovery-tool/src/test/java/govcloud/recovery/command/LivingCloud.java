package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.ConfigFactory;
import govcloud.cli.command.Json;
import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.OperationCommand;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeMain;
import govcloud.node.RunningNode;
import govcloud.node.eventsourcing.Request;
import govcloud.node.subject.Erasures;
import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A cloud of one real node that has a sibling, and what people do with it. */
final class LivingCloud implements AutoCloseable {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final RunningNode node;
  private final String url;

  private LivingCloud(RunningNode node) {
    this.node = node;
    this.url = NodeMain.serve(node).url();
  }

  /**
   * Where it lives.
   *
   * @param home folder with its keys, and for all that it keeps
   * @param port where it takes in what its sibling sends
   */
  record Place(
      String cloud, Path home, String keyspace, int port, String sibling, int siblingPort) {
    Path keys() {
      return home.resolve("keys");
    }

    Path received() {
      return home.resolve("received");
    }

    private String settings() {
      return """
      govcloud.node.cloud = %s
      govcloud.replication {
        keys-folder = "%s", archive-folder = "%s", received-folder = "%s"
        port = %d, sibling = %s, sibling-addresses = ["127.0.0.1:%d"]
        segment-age = 100ms, manifest-interval = 1s, retry-pause = 200ms
      }
      """
          .formatted(
              cloud, keys(), home.resolve("archive"), received(), port, sibling, siblingPort);
    }
  }

  static LivingCloud start(LocalCassandra cassandra, Place place) throws IOException {
    return start(cassandra, place, "");
  }

  /** Starts it with further settings. */
  static LivingCloud start(LocalCassandra cassandra, Place place, String further)
      throws IOException {
    Path token = Files.writeString(place.home().resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path repository = Path.of("..").toAbsolutePath().normalize();
    String settings =
        """
        govcloud {
          node.name = node-1
          cluster.port = 0
          management.port = 0
          http { port = 0, token-file = "%s", burst-seconds = 1000 }
          identity.mode = header-for-tests
          catalogue.folder = "%s"
          cassandra { contact-points = ["127.0.0.1:%d"], keyspace = "%s", request-timeout = 20s }
          entities { ask-timeout = 15s, time-limit = 18s }
        }
        pekko.coordinated-shutdown.exit-jvm = off
        pekko.loglevel = WARNING
        """
            .formatted(
                token,
                repository.resolve("apps"),
                cassandra.contactPoint().getPort(),
                place.keyspace());
    return new LivingCloud(
        RunningNode.start(
            NodeConfiguration.read(
                ConfigFactory.parseString(place.settings() + settings + further)
                    .withFallback(
                        ConfigFactory.parseFile(
                            repository.resolve("cluster-configs/local.conf").toFile()))
                    .withFallback(ConfigFactory.load())
                    .resolve()),
            "1.0.0",
            Clock.systemUTC()));
  }

  /** A port below those that outgoing connections are given: it stays free while a site is away. */
  static int freePort() throws IOException {
    while (true) {
      int port = 10_000 + ThreadLocalRandom.current().nextInt(20_000);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // Another one.
      }
    }
  }

  /** Sends a request, which must be taken. */
  JsonNode send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .setHeader("Authorization", "Bearer " + TOKEN);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(method + " " + path + answer.body()).isBetween(200, 299);
      return Json.mapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode get(String path) {
    return send("GET", path, null);
  }

  /** Two people agree that a person's data go, and they go. */
  void erase(String tenant, String subject) {
    String operation =
        send(
                "POST",
                "/v1/tenants/" + tenant + "/data-subjects/" + subject + "/erasure",
                "{\"legal_basis\":\"consent-withdrawn\"}",
                "Govcloud-Acting-As",
                "li;role=" + Actor.OPERATOR)
            .path("operation")
            .asText();
    sign(operation, "li", Actor.OPERATOR);
    sign(operation, "sun", Roles.SECURITY);
    new Erasures(node.context().entities(), node.context().personal(), Clock.systemUTC())
        .begin(
            operation,
            "subject/" + tenant + "/" + subject + "/consent-withdrawn",
            new Actor("sun", Roles.SECURITY))
        .toCompletableFuture()
        .join();
  }

  private void sign(String operation, String person, String role) {
    CommandSignature signature = new CommandSignature("erase", person, "", "", "", "", "");
    OperationCommand sign = new OperationCommand.Sign(signature, Instant.now().plusSeconds(600));
    assertThat(
            node.context()
                .entities()
                .<Object>ask("operation/" + operation, Request.of(sign, new Actor(person, role)))
                .toCompletableFuture()
                .join()
                .accepted())
        .isTrue();
  }

  @Override
  public void close() {
    node.context().system().terminate();
    try {
      node.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the node does not end", e);
    }
  }
}
