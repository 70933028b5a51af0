package govcloud.node.identity;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** What a browser sends when somebody presses a button of a page. */
record Form(Map<String, String> fields) {

  /** How an identifier is written. */
  static final String IDENTIFIER = "[a-z0-9][a-z0-9-]{0,62}";

  private static final int MOST_BYTES = 8 << 10;
  private static final int MILLIS = 5_000;
  private static final int LONGEST = 256;

  /** Reads the form of a request; fails with a problem. */
  static CompletionStage<Form> of(HttpRequest request, ClassicActorSystemProvider system) {
    var type = request.entity().getContentType().mediaType().toString();
    if (!type.equals("application/x-www-form-urlencoded")) {
      throw Problem.of(
              BorderCode.CONTENT_TYPE_UNSUPPORTED,
              "Content-Type: " + type + " (expected: application/x-www-form-urlencoded)")
          .asException();
    }
    return request
        .entity()
        .toStrict(MILLIS, MOST_BYTES, system)
        .thenApply(strict -> parse(strict.getData().decodeString(StandardCharsets.UTF_8)));
  }

  static Form parse(String text) {
    var fields = new HashMap<String, String>();
    for (var pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Form(Map.copyOf(fields));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(BorderCode.REQUEST_MALFORMED, "form: not valid percent-encoding")
          .asException();
    }
  }

  /** A field, or an empty string; nothing that a form of ours sends is longer than 256. */
  String text(String name) {
    var text = fields.getOrDefault(name, "");
    return text.length() <= LONGEST ? text : "";
  }

  /** What a script of ours puts in, or an empty string; as long as a form may be. */
  String answer(String name) {
    return fields.getOrDefault(name, "");
  }

  /** An identifier, or one that nobody has. */
  String identifier(String name) {
    var text = text(name).strip();
    return text.matches(IDENTIFIER) ? text : "nobody";
  }
}
