package govcloud.cli.app;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Connection;

/** Looks things up in the catalogue. */
public final class Catalogue {
  private Catalogue() {}

  /** The newest version of an app. */
  static int newest(Connection connection, String definition) {
    for (JsonNode item : connection.get("v1", "catalogue").path("items")) {
      if (item.path("definition").asText().equals(definition) && item.path("newest").asBoolean()) {
        return item.path("version").asInt();
      }
    }
    throw new CommandFailure(
        ExitCode.NOT_FOUND,
        "DEFINITION_NOT_FOUND",
        "The catalogue has no app " + definition + "; see `govcloud catalogue list`.");
  }

  /** The definition that a rented app runs by. */
  public static JsonNode of(Connection connection, String tenant, String app) {
    JsonNode rented = connection.get("v1", "tenants", tenant, "apps", app);
    return connection.get(
        "v1",
        "catalogue",
        rented.path("definition").asText(),
        rented.path("definition_version").asText());
  }
}
