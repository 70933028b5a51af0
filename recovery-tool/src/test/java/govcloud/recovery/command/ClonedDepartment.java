package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.output.Terminal;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code recover clone} as somebody leaves it running. */
final class ClonedDepartment implements AutoCloseable {
  private static final long PATIENCE_MINUTES = 5;

  private final PipedOutputStream typed;
  private final CompletableFuture<Integer> code;
  private final JsonNode said;

  private ClonedDepartment(
      PipedOutputStream typed, CompletableFuture<Integer> code, JsonNode said) {
    this.typed = typed;
    this.code = code;
    this.said = said;
  }

  /** Returns when it is served. */
  static ClonedDepartment start(String... arguments) throws Exception {
    PipedOutputStream typed = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(typed);
    PipedOutputStream shown = new PipedOutputStream();
    PipedInputStream out = new PipedInputStream(shown);
    Terminal terminal =
        new Terminal(
            in, new PrintStream(shown, true, StandardCharsets.UTF_8), System.err, false, Map.of());
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Recover.run(terminal, Clock.systemUTC(), arguments);
              } finally {
                terminal.out().close();
              }
            });
    ObjectMapper json = new ObjectMapper();
    JsonNode said = json.readTree(json.getFactory().createParser(out));
    assertThat(said).as("ended early").isNotNull();
    return new ClonedDepartment(typed, code, said);
  }

  /** What it said first. */
  JsonNode said() {
    return said;
  }

  private HttpResponse<String> get(String path) throws Exception {
    String token = Files.readString(Path.of(said.path("token_file").asText()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(said.path("address").asText() + path))
            .header("Authorization", "Bearer " + token.strip())
            .header("Accept-Language", "zh")
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  /** The department is there, and whoever asks is told that it is a copy. */
  void isMarked(String tenant) throws Exception {
    HttpResponse<String> answer = get("/v1/tenants/" + tenant);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Govcloud-Copy-Of")).contains(tenant);
    HttpResponse<String> page = get("/");
    assertThat(page.headers().firstValue("Govcloud-Copy-Of")).contains(tenant);
    assertThat(page.body()).contains(tenant + " 的副本");
  }

  /** Another department is not empty, but not here. */
  void refuses(String tenant, String code) throws Exception {
    HttpResponse<String> answer = get("/v1/tenants/" + tenant);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains(code);
  }

  /** Presses Enter; the exit code. */
  int end() throws Exception {
    typed.write('\n');
    typed.flush();
    return code.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
  }

  @Override
  public void close() throws IOException {
    typed.close();
    code.orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).join();
  }
}
