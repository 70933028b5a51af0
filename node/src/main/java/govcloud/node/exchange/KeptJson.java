package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Json;
import java.util.Base64;

/** What is kept of queries beside the ledger: sealed under a key that follows from the ledger's. */
final class KeptJson {

  private final LedgerKey key;

  KeptJson(LedgerKey key) {
    this.key = key;
  }

  /** Seals a part of something that a department has by this id. */
  String close(String consumer, String id, String part, JsonNode json) {
    var bytes =
        key.deferredKey(id).seal(place(consumer, id, part), json.toString().getBytes(UTF_8));
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Opens it. */
  JsonNode open(String consumer, String id, String part, String text) {
    return Json.read(
        key.deferredKey(id)
            .open(place(consumer, id, part), Base64.getDecoder().decode(text))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        part + " " + id + ": not sealed here (expected: so)")));
  }

  private static byte[] place(String consumer, String id, String part) {
    return (consumer + "/" + id + "/" + part).getBytes(UTF_8);
  }
}
