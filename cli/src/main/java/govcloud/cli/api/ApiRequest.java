package govcloud.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request to the API.
 *
 * @param path percent-encoded, beginning with a slash; see {@link #path(String...)}
 * @param query names to values, not yet encoded
 * @param headers names to values
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    Optional<JsonNode> body) {

  /** Header that makes a request safe to send again. */
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  /** Header that raises the disaster class of one change. */
  public static final String DISASTER_CLASS = "Govcloud-Disaster-Class";

  /** Header that names who acts. */
  public static final String ACTING_AS = "Govcloud-Acting-As";

  public ApiRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** A question. */
  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, Map.of(), Map.of(), Optional.empty());
  }

  /** A change; the key stays the same however often the request is sent. */
  public static ApiRequest change(String method, String path, String key, JsonNode body) {
    return new ApiRequest(
        method, path, Map.of(), Map.of(IDEMPOTENCY_KEY, key), Optional.ofNullable(body));
  }

  /** The same request with one more query parameter; null leaves it out. */
  public ApiRequest with(String name, String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new ApiRequest(method, path, more, headers, body);
  }

  /** A request that asks by POST, or begins something that has no key. */
  public static ApiRequest post(String path, JsonNode body) {
    return new ApiRequest("POST", path, Map.of(), Map.of(), Optional.of(body));
  }

  /** The same request with one more header; null leaves it out. */
  public ApiRequest withHeader(String name, String value) {
    if (value == null) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiRequest(method, path, query, more, body);
  }

  /** A path of segments, each percent-encoded. */
  public static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return path.toString();
  }

  /** Path and query as they go over the wire. */
  public String target() {
    if (query.isEmpty()) {
      return path;
    }
    return path
        + query.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
