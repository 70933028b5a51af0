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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Figures as those get them who fetch them from a real listener, or to whom they are sent. */
class NodeMetricsTest {
  private ActorTestKit kit;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private URI start(String settings) throws Exception {
    Config config =
        ConfigFactory.parseString(
                """
                govcloud { node.name = node-7, node.cloud = harbour }
                govcloud.management { host = "127.0.0.1", port = 0 }
                pekko.management.http {
                  hostname = ${govcloud.management.host}, port = 0
                  routes { cluster-management = "", cluster-bootstrap = "" }
                }
                pekko.actor.provider = local
                %s
                """
                    .formatted(settings))
            .withFallback(ConfigFactory.load())
            .resolve();
    kit = ActorTestKit.create("metrics", config);
    return PekkoManagement.get(kit.system())
        .start()
        .thenApply(uri -> URI.create("http://127.0.0.1:" + uri.port() + "/metrics"))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void loopback_fetched_showsWhatWasCounted() throws Exception {
    URI metrics = start("");
    var counter = NodeMetrics.get(kit.system()).meter().counterBuilder("govcloud.trial").build();
    counter.add(3);
    HttpResponse<String> answer = get(metrics);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.body())
        .contains("service_instance_id=\"node-7\"")
        .containsPattern("(?m)^govcloud_trial_total\\S* 3\\.0$");
    counter.add(4);
    assertThat(get(metrics).body()).containsPattern("(?m)^govcloud_trial_total\\S* 7\\.0$");
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
