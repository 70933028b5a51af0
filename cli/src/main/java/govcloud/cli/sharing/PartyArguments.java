package govcloud.cli.sharing;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import picocli.CommandLine.Parameters;

/** An agreement, and the department for which somebody acts. */
final class PartyArguments {
  @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
  private String tenant;

  @Parameters(index = "1", paramLabel = "CONSUMER/AGREEMENT", description = "The agreement.")
  private String agreement;

  /** Where the department finds the agreement. */
  String path() {
    String[] parts = parts(agreement);
    return ApiRequest.path("v1", "tenants", tenant, "agreements", parts[0], parts[1]);
  }

  /** Where the operator finds an agreement. */
  static String ofCloud(String agreement) {
    String[] parts = parts(agreement);
    return ApiRequest.path("v1", "sharing", "agreements", parts[0], parts[1]);
  }

  private static String[] parts(String agreement) {
    String[] parts = agreement.split("/", -1);
    if (parts.length != 2) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "AGREEMENT_MALFORMED",
          "agreement: " + agreement + " (expected: consumer/agreement)");
    }
    return parts;
  }
}
