package govcloud.cli;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Keeps the history that a client sees: every attempt with its outcome, retries included. */
public final class RecordingHttpClient extends HttpClient {
  private final HttpClient http;
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

  public RecordingHttpClient(HttpClient http) {
    this.http = http;
  }

  /**
   * One request that was sent.
   *
   * @param key its Idempotency-Key, or an empty text
   * @param status of the answer; 0 when there was none, and then the outcome is unknown
   * @param retryAfter what the answer asked for, or an empty text
   * @param body of the answer, or why there was none
   */
  public record Attempt(
      String method, URI uri, String key, int status, String retryAfter, String body) {

    /** Whether a change was acknowledged. */
    public boolean isAcknowledged() {
      return !key.isEmpty() && status / 100 == 2;
    }
  }

  /** Everything so far, in the order in which it ended. */
  public List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** The status of a question, 0 without an answer. */
  public int get(URI address, Duration patience) {
    try {
      return send(
              HttpRequest.newBuilder(address).timeout(patience).build(), BodyHandlers.ofString())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      HttpResponse<T> response = http.send(request, handler);
      String asked = response.headers().firstValue("Retry-After").orElse("");
      record(request, response.statusCode(), asked, text(response.body()));
      return response;
    } catch (IOException e) {
      record(request, 0, "", e.toString());
      throw e;
    }
  }

  private static String text(Object body) {
    return body instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(body);
  }

  private void record(HttpRequest request, int status, String retryAfter, String body) {
    String key = request.headers().firstValue("Idempotency-Key").orElse("");
    attempts.add(new Attempt(request.method(), request.uri(), key, status, retryAfter, body));
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    return http.sendAsync(request, handler);
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushes) {
    return http.sendAsync(request, handler, pushes);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return http.cookieHandler();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return http.connectTimeout();
  }

  @Override
  public Redirect followRedirects() {
    return http.followRedirects();
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return http.proxy();
  }

  @Override
  public SSLContext sslContext() {
    return http.sslContext();
  }

  @Override
  public SSLParameters sslParameters() {
    return http.sslParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return http.authenticator();
  }

  @Override
  public Version version() {
    return http.version();
  }

  @Override
  public Optional<Executor> executor() {
    return http.executor();
  }
}
