package govcloud.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Sends requests as an operator and holds every answer against the contract. */
public final class Client {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Answers answers = new Answers();
  private final String base;
  private final String token;

  public Client(String base, String token) {
    this.base = base;
    this.token = token;
  }

  /** An answer with its JSON. */
  public record Answer(HttpResponse<String> response, JsonNode json) {

    /** The HTTP status. */
    public int status() {
      return response.statusCode();
    }

    /** The problem's code, or an empty string. */
    public String code() {
      return json.path("code").asText("");
    }

    /** A header, or an empty string. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** Sends a request with the token; headers are names and values in turn. */
  public Answer send(String method, String path, String body, String... headers) {
    var request = request(method, path, body, headers);
    return send(method, path, request.setHeader("Authorization", "Bearer " + token));
  }

  /** Sends a request without the token. */
  public Answer anonymously(String method, String path, String... headers) {
    return send(method, path, request(method, path, null, headers));
  }

  private HttpRequest.Builder request(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  private Answer send(String method, String path, HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response, answers.check(method, path, response));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
