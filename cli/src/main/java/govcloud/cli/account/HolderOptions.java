package govcloud.cli.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Option;

/** Who gets an account, and what for. */
final class HolderOptions {
  @Option(names = "--name", required = true, paramLabel = "NAME", description = "The name.")
  private String name;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "The department. Default: the platform.")
  private String tenant;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "A role; may be given several times, but for duties of administrators.")
  private List<String> roles;

  /** The same body with what was given. */
  ObjectNode in(ObjectNode body) {
    body.put("name", name);
    if (tenant != null) {
      body.put("tenant", tenant);
    }
    ArrayNode all = body.putArray("roles");
    roles.forEach(all::add);
    return body;
  }
}
