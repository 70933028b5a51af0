package govcloud.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.api.ApiAnswer;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.local.CloudHome;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import java.time.Clock;

/**
 * An open connection to a cloud with everything a command needs.
 *
 * @param actingAs value of the acting-as header, or null for the operator
 */
public record Connection(
    ApiClient api,
    Output output,
    Terminal terminal,
    ObjectMapper json,
    Clock clock,
    CloudHome home,
    String actingAs) {

  /** The answer to a question. */
  public JsonNode get(String... path) {
    return send(ApiRequest.get(ApiRequest.path(path))).body();
  }

  /** Sends a request as whoever acts. */
  public ApiAnswer send(ApiRequest request) {
    return api.send(request.withHeader(ApiRequest.ACTING_AS, actingAs));
  }

  /** An empty body to fill. */
  public ObjectNode body() {
    return json.createObjectNode();
  }
}
