package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.OwnerFile;

/**
 * The first people of a new cloud and the command line's own account, whose key is the token in the
 * home. Nobody has a password: the one-time codes lie in the home, readable by its owner alone.
 */
public final class FirstAccounts {
  private static final String PATH = ApiRequest.path("v1", "first-accounts");

  private FirstAccounts() {}

  /**
   * Makes them, unless they were made before; then nothing is changed.
   *
   * @param api with the token of the installation
   * @param demo whether demo clerks are invited too
   */
  static void make(ApiClient api, ObjectMapper json, CloudHome home, boolean demo) {
    if (!areThere(api)) {
      ObjectNode body = json.createObjectNode();
      if (demo) {
        ArrayNode clerks = body.putArray("clerks");
        clerk(clerks, "zhang-san", "张三", "transport", "window-clerk");
        clerk(clerks, "li-si", "李四", "transport", "reviewer");
        clerk(clerks, "wang-wu", "王五", "planning", "approver");
      }
      keep(json, home, send(api, body));
    }
  }

  /**
   * New codes for those of the first people who have never come in; they are kept in the home.
   *
   * @param api of whoever asks; the token of the installation is taken from the home
   */
  public static JsonNode renew(ApiClient api, ObjectMapper json, CloudHome home) {
    JsonNode codes = send(api.withToken(home.readToken()), json.createObjectNode());
    keep(json, home, codes);
    return codes;
  }

  private static boolean areThere(ApiClient api) {
    try {
      api.send(ApiRequest.get(ApiRequest.path("v1", "me")));
      return true;
    } catch (CommandFailure failure) {
      if (failure.problem().path("status").asInt() == 401) {
        return false;
      }
      throw failure;
    }
  }

  private static void clerk(
      ArrayNode clerks, String account, String name, String tenant, String role) {
    clerks
        .addObject()
        .put("account", account)
        .put("name", name)
        .put("tenant", tenant)
        .putArray("roles")
        .add(role);
  }

  private static JsonNode send(ApiClient api, ObjectNode body) {
    return api.send(ApiRequest.post(PATH, body)).body().path("codes");
  }

  private static void keep(ObjectMapper json, CloudHome home, JsonNode codes) {
    OwnerFile.write(json, home.firstCodes(), codes);
  }
}
