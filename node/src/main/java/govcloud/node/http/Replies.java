package govcloud.node.http;

import java.util.Map;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Makes answers. */
public final class Replies {

  private static final ContentType.WithFixedCharset PROBLEM =
      MediaTypes.customWithFixedCharset(
              "application",
              "problem+json",
              org.apache.pekko.http.javadsl.model.HttpCharsets.UTF_8,
              Map.of(),
              false)
          .toContentType();

  private Replies() {}

  /** JSON with status 200. */
  public static HttpResponse ok(Object body) {
    return json(200, body);
  }

  /** JSON with a status. */
  public static HttpResponse json(int status, Object body) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(body)));
  }

  /** The answer with one more header. */
  public static HttpResponse header(HttpResponse response, String name, String value) {
    return response.addHeader(RawHeader.create(name, value));
  }

  /** A problem as the answer to {@code instance}. */
  public static HttpResponse problem(Problem problem, String instance, String traceId) {
    var response =
        HttpResponse.create()
            .withStatus(problem.status())
            .withEntity(HttpEntities.create(PROBLEM, Json.write(problem.body(instance, traceId))));
    for (var header : problem.headers().entrySet()) {
      response = header(response, header.getKey(), header.getValue());
    }
    return response;
  }
}
