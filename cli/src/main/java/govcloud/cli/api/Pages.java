package govcloud.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** All items of a list, page by page, holding one page at a time. */
public final class Pages implements Iterator<JsonNode> {
  private final ApiClient api;
  private final ApiRequest first;
  private final Deque<JsonNode> page = new ArrayDeque<>();
  private String token;
  private boolean last;

  private Pages(ApiClient api, ApiRequest first) {
    this.api = api;
    this.first = first;
  }

  /** The items of a list request; it can be gone through once. */
  public static Iterable<JsonNode> of(ApiClient api, ApiRequest list) {
    return () -> new Pages(api, list);
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && !last) {
      JsonNode body = api.send(token == null ? first : first.with("page_token", token)).body();
      body.path("items").forEach(page::add);
      token = body.path("next_page_token").asText(null);
      last = token == null || token.isEmpty();
    }
    return !page.isEmpty();
  }

  @Override
  public JsonNode next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.remove();
  }
}
