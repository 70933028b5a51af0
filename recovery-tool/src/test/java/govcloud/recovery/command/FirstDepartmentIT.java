package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import govcloud.cli.output.Terminal;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.recovery.TestTarget;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A first department that works before the log of all is there, on a real Cassandra and node. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstDepartmentIT {
  private final LocalCassandra cassandra = LocalCassandra.shared();
  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path folder) throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 17);
  }

  private String address() {
    InetSocketAddress node = cassandra.contactPoint();
    return node.getHostString() + ":" + node.getPort();
  }

  private String[] line(String command, String keyspace, String... more) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(command, "--archive", cloud.archive().toString()));
    all.addAll(List.of("--cassandra", address(), "--keyspace", keyspace));
    all.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  /** The tool, which ends when the first department is open. */
  private void first(String keyspace) {
    CommandLine tool =
        Recover.commandLine(
            new Terminal(System.in, System.out, System.err, false, System.getenv()),
            Clock.systemUTC());
    tool.addSubcommand(new FirstDepartment());
    assertThat(tool.execute(line("first", keyspace))).isZero();
  }

  private JsonNode queue(String keyspace) throws Exception {
    return Run.of(
            ExitCode.OK, "queue", "--cassandra", address(), "--keyspace", keyspace, "-o", "json")
        .json();
  }

  private static long rows(TestTarget target) throws Exception {
    return target.execute("SELECT COUNT(*) FROM %s.log").one().getLong(0);
  }

  @Test
  void departmentThatIsNamed_isFirst_andOneThatIsNotThereIsRefused() throws Exception {
    String keyspace = cassandra.newKeyspaceName("named");
    Run unknown = Run.of(line("restore", keyspace, "--prove", "--open", "--pin", "nobody"));
    assertThat(unknown.err()).contains("RECOVERY_TENANT_UNKNOWN");
    Run.of(ExitCode.USAGE, line("restore", keyspace, "--prove", "--pin", "bureau-3"));
    Run.of(ExitCode.OK, line("restore", keyspace, "--prove", "--open", "--pin", "bureau-3"));
    try (TestTarget target = new TestTarget(cloud, "other")) {
      String early = "SELECT tenant FROM " + keyspace + ".recovery_tenant WHERE early = true";
      assertThat(target.target().session().execute(early + " ALLOW FILTERING").all())
          .extracting(row -> row.getString("tenant"))
          .containsExactly("bureau-3");
    }
  }

  @Test
  void department_worksBeforeTheLogIsThere_andWhatItDidIsProvedWithTheRest(@TempDir Path folder)
      throws Exception {
    assumeTrue(
        Files.isDirectory(Installation.root().resolve("node/target/lib")),
        "the node is not packaged");
    try (TestTarget target = new TestTarget(cloud, "first")) {
      target.target().claim(target.point(OptionalLong.empty()));
      works(target, folder);
    }
  }

  private void works(TestTarget target, Path folder) throws Exception {
    String keyspace = target.settings().keyspace();
    Run.of(ExitCode.OK, "pin", "bureau-2", "--cassandra", address(), "--keyspace", keyspace);
    first(keyspace);
    long ends = rows(target);
    JsonNode queue = queue(keyspace);
    assertThat(queue.path("state").asText()).isEqualTo("opening");
    assertThat(queue.path("tenants").findValuesAsText("tenant"))
        .startsWith("(cloud)", "bureau-2")
        .hasSize(cloud.tenants().size());
    assertThat(queue.path("tenants").findValuesAsText("state"))
        .containsExactly("proved", "proved", "waiting", "waiting");
    assertThat(Run.of(line("prove", keyspace, "--open")).err()).contains("not restored");
    OpeningNode.isRefused(folder.resolve("other"), keyspace, cassandra, cloud);
    try (OpeningNode node = OpeningNode.start(folder.resolve("node"), keyspace, cassandra, cloud)) {
      node.works("bureau-2");
      node.isClosed("bureau-1", "TENANT_WAITING", "of 2");
      JsonNode proof =
          Run.of(ExitCode.OK, line("restore", keyspace, "--prove", "--open", "-o", "json")).json();
      assertThat(proof.path("records").asInt()).isEqualTo(cloud.records().size());
      assertThat(rows(target)).isGreaterThan(2 * ends);
      node.awaitOpen("bureau-1");
      node.works("bureau-1");
      node.works("bureau-2");
    }
    assertThat(queue(keyspace).path("state").asText()).isEqualTo("proved");
    Run.of(ExitCode.OK, line("prove", keyspace, "--open"));
  }
}
