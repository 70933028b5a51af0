package govcloud.faultlab.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Requests to the nodes' API. */
public final class Api {

  /** As long as a patient person waits before trying another node. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final UnaryOperator<String> url;
  private final String token;

  /** Somebody who asks. */
  record Person(String name, String role) {}

  /**
   * An answer.
   *
   * @param status of HTTP, or 0 when none came
   * @param body JSON, or an empty object
   * @param token consistency token, or empty
   * @param replicated whether it says that the sibling has the change
   */
  public record Reply(int status, JsonNode body, String token, boolean replicated) {

    private static Reply none() {
      return new Reply(0, JSON.createObjectNode(), "", false);
    }

    /** Whether the request was done. */
    public boolean done() {
      return status >= 200 && status < 300;
    }

    /** Whether it was certainly not done, and never will be. */
    public boolean refused() {
      return status >= 400 && status < 500 && status != 408 && status != 429;
    }

    /** The error code, or empty. */
    public String code() {
      return body.path("code").asText("");
    }
  }

  /**
   * @param url gives a node's base address
   */
  public Api(UnaryOperator<String> url, String token) {
    this.url = url;
    this.token = token;
  }

  /** Asks a node once. A reply always comes; its status is 0 when the node gave none. */
  public Reply send(String node, String method, String path, String key, String role, Object body) {
    return send(node, method, path, key, new Person("lab-" + role, role), body);
  }

  /** The same as somebody with a name. */
  Reply send(String node, String method, String path, String key, Person who, Object body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url.apply(node) + path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .header("Govcloud-Acting-As", who.name() + ";role=" + who.role())
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
      if (!key.isEmpty()) {
        request.header("Idempotency-Key", key);
      }
      if (!who.role().equals("window-clerk") && method.equals("POST")) {
        request.header("If-Match", "*");
      }
      return reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException noAnswer) {
      return Reply.none();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.none();
    }
  }

  private static Reply reply(HttpResponse<String> response) throws IOException {
    String text = response.body();
    JsonNode body = text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode();
    return new Reply(
        response.statusCode(),
        body,
        response.headers().firstValue("X-Consistency-Token").orElse(""),
        response.headers().firstValue("Govcloud-Replicated").filter("yes"::equals).isPresent());
  }

  /** What a node answers as it is; empty unless it answers with 200. */
  public Optional<byte[]> file(String node, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url.apply(node) + path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .build();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return Optional.of(response.body()).filter(body -> response.statusCode() == 200);
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether a URL answers with 200. */
  public boolean isFine(String whole) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(whole)).timeout(Duration.ofSeconds(3)).build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException noAnswer) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The time of day that a node's answers show, in seconds since 1970; 0 when it gives none. */
  public long clock(String node) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url.apply(node) + "/v1/catalogue"))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Date")
          .map(text -> java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))
          .map(time -> time.getLong(java.time.temporal.ChronoField.INSTANT_SECONDS))
          .orElse(0L);
    } catch (IOException noAnswer) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** An object of JSON. */
  public static Map<String, Object> object(Object... namesAndValues) {
    var object = new java.util.LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
    }
    return object;
  }
}
