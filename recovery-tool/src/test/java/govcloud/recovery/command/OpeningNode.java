package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.Json;
import govcloud.cli.local.IsolatedNode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A real node on a keyspace whose departments are still being proved. */
final class OpeningNode implements AutoCloseable {
  private final IsolatedNode node;
  private final ApiClient api;
  private int changes;

  private OpeningNode(IsolatedNode node) {
    this.node = node;
    this.api = node.client(Json.mapper(), Duration.ofMillis(1), Clock.systemUTC());
  }

  private static IsolatedNode node(
      Path folder, String keyspace, LocalCassandra cassandra, int slices) {
    return IsolatedNode.start(
        new IsolatedNode.Settings(
            folder,
            LostCloud.NAME,
            "extranet",
            cassandra,
            keyspace,
            List.of("govcloud.journal.slices = " + slices)),
        new SecureRandom());
  }

  /** With another number of slices than the signed cut says, a node would find nobody's records. */
  static void isRefused(Path folder, String keyspace, LocalCassandra cassandra, LostCloud cloud)
      throws IOException {
    int slices = cloud.size().slices();
    try (IsolatedNode node = node(folder, keyspace, cassandra, slices + 1)) {
      assertThatThrownBy(() -> node.awaitReady(Clock.systemUTC(), Duration.ofMinutes(2)))
          .isInstanceOf(CommandFailure.class);
    }
    assertThat(Files.readString(folder.resolve("node.log")))
        .contains("SCHEMA_SETTINGS_DIFFER", "4 (expected: 3");
  }

  static OpeningNode start(
      Path folder, String keyspace, LocalCassandra cassandra, LostCloud cloud) {
    IsolatedNode node = node(folder, keyspace, cassandra, cloud.size().slices());
    node.awaitReady(Clock.systemUTC(), Duration.ofMinutes(2));
    return new OpeningNode(node);
  }

  private static String path(String tenant) {
    return ApiRequest.path("v1", "tenants", tenant);
  }

  /** A change that the department accepts, whatever has become of it. */
  void works(String tenant) {
    JsonNode before = api.send(ApiRequest.get(path(tenant))).body();
    ObjectNode body = Json.mapper().createObjectNode();
    String name = "Office " + ++changes;
    body.putObject("name").put("zh", name).put("en", name);
    api.send(
        ApiRequest.change("PATCH", path(tenant), "opening-" + tenant + changes, body)
            .withHeader("If-Match", "\"" + before.path("version").asLong() + "\""));
    long version = api.send(ApiRequest.get(path(tenant))).body().path("version").asLong();
    assertThat(version).as(before.toString()).isGreaterThan(before.path("version").asLong());
  }

  /** Neither read nor changed; what the tool told last arrives within a second. */
  void isClosed(String tenant, String code, String words) throws InterruptedException {
    JsonNode body = Json.mapper().createObjectNode().put("reason", "test");
    for (ApiRequest request :
        List.of(
            ApiRequest.get(path(tenant)),
            ApiRequest.change("POST", path(tenant) + "/suspend", "closed-" + tenant, body)
                .withHeader("If-Match", "\"1\""))) {
      CommandFailure failure = refused(request);
      for (int i = 0; i < 50 && !failure.getMessage().contains(words); i++) {
        Thread.sleep(100);
        failure = refused(request);
      }
      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure).hasMessageContaining(words);
      assertThat(failure.problem().path("status").asInt()).isEqualTo(503);
    }
  }

  private CommandFailure refused(ApiRequest request) {
    try {
      throw new AssertionError("answered: " + api.send(request).body());
    } catch (CommandFailure failure) {
      return failure;
    }
  }

  /** What the tool tells arrives within a second. */
  void awaitOpen(String tenant) throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      try {
        api.send(ApiRequest.get(path(tenant)));
        return;
      } catch (CommandFailure stillClosed) {
        Thread.sleep(100);
      }
    }
  }

  @Override
  public void close() {
    node.close();
  }
}
