package govcloud.node.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures as those get them who fetch them from a real listener, or to whom they are sent. */
class NodeMetricsTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;
  private ActorTestKit kit;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private URI start(String host, String settings) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Config config =
        ConfigFactory.parseString(
                """
                govcloud { node.name = node-7, node.cloud = harbour, http.token-file = "%s" }
                govcloud.management { host = "%s", port = 0 }
                pekko.management.http {
                  hostname = ${govcloud.management.host}, port = 0
                  routes { cluster-management = "", cluster-bootstrap = "" }
                }
                pekko.actor.provider = local
                %s
                """
                    .formatted(token, host, settings))
            .withFallback(ConfigFactory.load())
            .resolve();
    kit = ActorTestKit.create("metrics", config);
    return PekkoManagement.get(kit.system())
        .start()
        .thenApply(uri -> URI.create("http://127.0.0.1:" + uri.port() + "/metrics"))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> get(URI uri, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void loopback_fetched_showsWhatWasCounted() throws Exception {
    URI metrics = start("127.0.0.1", "");
    var counter = NodeMetrics.get(kit.system()).meter().counterBuilder("govcloud.trial").build();
    counter.add(3);
    HttpResponse<String> answer = get(metrics, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.body())
        .contains("service_instance_id=\"node-7\"")
        .containsPattern("(?m)^govcloud_trial_total\\S* 3\\.0$");
    counter.add(4);
    assertThat(get(metrics, "").body()).containsPattern("(?m)^govcloud_trial_total\\S* 7\\.0$");
  }

  @Test
  void everyInterface_fetched_wantsTheToken() throws Exception {
    URI metrics = start("0.0.0.0", "");
    HttpResponse<String> refused = get(metrics, "");
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).doesNotContain("target_info");
    assertThat(get(metrics, "f" + TOKEN.substring(1)).statusCode()).isEqualTo(401);
    assertThat(get(metrics, TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void otlpEndpoint_set_getsTheFigures() throws Exception {
    var bodies = new LinkedBlockingQueue<byte[]>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/metrics",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      start(
          "127.0.0.1",
          "govcloud.metrics { otlp-interval = 100ms, otlp-endpoint = \"http://127.0.0.1:"
              + collector.getAddress().getPort()
              + "/v1/metrics\" }");
      NodeMetrics.get(kit.system()).meter().counterBuilder("govcloud.trial").build().add(3);
      byte[] sent = bodies.poll(20, TimeUnit.SECONDS);
      while (sent != null
          && !new String(sent, StandardCharsets.ISO_8859_1).contains("govcloud.trial")) {
        sent = bodies.poll(20, TimeUnit.SECONDS);
      }
      assertThat(sent).as("a message with the counter").isNotNull();
    } finally {
      collector.stop(0);
    }
  }
}
