package govcloud.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** An answer inside 2xx. */
public record ApiAnswer(int status, HttpHeaders headers, JsonNode body) {

  /** The version of the thing, as a header for the next change. */
  public Optional<String> etag() {
    return headers.firstValue("ETag");
  }

  /** Whether the sibling cloud has the change, where the answer says so. */
  public Optional<Boolean> replicated() {
    return headers.firstValue("Govcloud-Replicated").map("yes"::equals);
  }
}
