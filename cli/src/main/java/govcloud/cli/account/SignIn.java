package govcloud.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.Connection;

/** How people come in: for the first time with a one-time code, later with a second factor. */
public final class SignIn {
  private SignIn() {}

  /** Chooses a password; what the answer tells of the second factor it never tells again. */
  public static JsonNode visitFirst(
      Connection connection, String account, String password, String code) {
    return send(connection, "first-visits", account, password, code);
  }

  /** Begins a session. */
  public static JsonNode begin(
      Connection connection, String account, String password, String code) {
    return send(connection, "sessions", account, password, code);
  }

  private static JsonNode send(
      Connection connection, String what, String account, String password, String code) {
    ObjectNode attempt = connection.body();
    attempt.put("account", account).put("password", password).put("code", code);
    return connection.api().send(ApiRequest.post(ApiRequest.path("v1", what), attempt)).body();
  }
}
