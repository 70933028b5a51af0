package govcloud.cli.exchange;

import govcloud.cli.api.ApiRequest;
import picocli.CommandLine.Parameters;

/** A request for a correction, for the department that answers it. */
final class CorrectionArguments {
  @Parameters(index = "0", paramLabel = "TENANT", description = "The department you act for.")
  private String tenant;

  @Parameters(index = "1", paramLabel = "EXCHANGE", description = "Its id; list tells it.")
  private String exchange;

  @Parameters(index = "2", paramLabel = "ASKER", description = "citizen or office.")
  private String asker;

  @Parameters(index = "3", paramLabel = "FIELD", description = "The item whose value it is.")
  private String field;

  String path() {
    return ApiRequest.path("v1", "tenants", tenant, "corrections", exchange, asker, field);
  }
}
