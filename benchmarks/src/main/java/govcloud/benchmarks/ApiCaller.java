package govcloud.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Whoever prepares something on a node over HTTP.
 *
 * @param url of the node
 * @param token that opens its API
 */
record ApiCaller(HttpClient http, String url, String token) {

  /** Longer than any answer takes. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A request with a body of JSON, or without a body. */
  HttpRequest.Builder request(String method, String path, String... body) {
    var publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body[0]);
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json")
        .method(method, publisher);
  }

  /** The answer, which must be one of success. */
  String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  /** A department with a large plan, which is active. */
  void register(String tenant) throws IOException, InterruptedException {
    String path = "/v1/tenants/" + tenant;
    send(
        request(
            "PUT",
            path,
            """
            {"name":{"zh":"部门","en":"Department"},"credit_code":"11999999MB1234567M",
             "division_code":"999999","disaster_class":"continuous","plan":"large",
             "contacts":[]}"""));
    send(request("POST", path + "/activate", "{}").header("If-Match", "*"));
  }

  /** Rents it an app, and waits until that runs. */
  void rent(String tenant, String app, String definition) throws IOException, InterruptedException {
    String path = "/v1/tenants/" + tenant + "/apps/" + app;
    String plan =
        "{\"definition\":\"%s\",\"plan\":{\"seats\":5,\"cases\":1000}}".formatted(definition);
    send(request("PUT", path, plan).header("Govcloud-Acting-As", "head;role=operator"));
    send(request("POST", path + "/approve", "{}").header("If-Match", "*"));
    while (!send(request("GET", path)).contains("\"status\":\"running\"")) {
      Thread.sleep(200);
    }
  }
}
