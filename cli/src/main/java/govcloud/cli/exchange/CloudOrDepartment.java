package govcloud.cli.exchange;

import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A list of what a department has in the exchange; without a department, of the whole cloud. */
final class CloudOrDepartment {

  @Parameters(arity = "0..1", paramLabel = "TENANT", description = "The department.")
  private String tenant;

  /** Prints a list that has the same name for both. */
  ExitCode list(Connection connection, String name, List<Column> columns) {
    return list(connection, name, name, columns);
  }

  /**
   * Prints a list.
   *
   * @param ofCloud its name for the cloud
   * @param ofDepartment its name for a department
   */
  ExitCode list(Connection connection, String ofCloud, String ofDepartment, List<Column> columns) {
    return pages(
        connection,
        tenant == null
            ? ApiRequest.path("v1", "exchange", ofCloud)
            : ApiRequest.path("v1", "tenants", tenant, ofDepartment),
        columns);
  }

  /** Prints all pages of a path. */
  static ExitCode pages(Connection connection, String path, List<Column> columns) {
    connection
        .output()
        .list(Pages.of(connection.api(), ApiRequest.get(path).with("page_size", "1000")), columns);
    return ExitCode.OK;
  }
}
