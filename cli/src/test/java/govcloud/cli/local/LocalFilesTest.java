package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalFilesTest {
  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();

  private CloudHome home() {
    return new CloudHome(folder.resolve("home"));
  }

  @Test
  void newHome_prepared_hasATokenForItsOwnerAlone() throws IOException {
    new HomeChecks(home()).prepare(new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().token())))
        .isEqualTo("rw-------");
    String token = Files.readString(home().token());
    assertThat(token.strip()).matches("command-line\\.[A-Za-z0-9_-]{43}");
    new HomeChecks(home()).prepare(new SecureRandom());
    assertThat(Files.readString(home().token())).isEqualTo(token);
  }

  @Test
  void homeThatIsAFile_prepared_saysWhatToDo() throws IOException {
    Files.writeString(folder.resolve("home"), "a file");
    assertThatThrownBy(() -> new HomeChecks(home()).prepare(new SecureRandom()))
        .hasMessageContaining("--home");
  }

  @Test
  void homeWithoutPermission_prepared_saysWhatToDo() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    Files.createDirectory(
        folder.resolve("home"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
    assertThatThrownBy(() -> new HomeChecks(home()).prepare(new SecureRandom()))
        .hasMessageContaining("--home");
  }

  @Test
  void usedPort_required_saysWhatToDo() throws IOException {
    try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> new Ports().require(used.getLocalPort()))
          .isInstanceOfSatisfying(
              CommandFailure.class,
              e -> {
                assertThat(e.exitCode()).isEqualTo(ExitCode.CONFLICT);
                assertThat(e).hasMessageContaining(used.getLocalPort() + " is in use");
              });
    }
  }

  @Test
  void freePorts_given_areDifferent() {
    Ports ports = new Ports();
    assertThat(List.of(ports.free(), ports.free(), ports.free())).doesNotHaveDuplicates();
  }

  @Test
  void wantedNodes_changed_areReadBack() {
    WantedNodes wanted = new WantedNodes(json, home());
    wanted.write(
        List.of(
            new WantedNodes.Wanted(new NodePlan("node-1", 1, 2, 3, 7, false), true),
            new WantedNodes.Wanted(new NodePlan("node-2", 4, 5, 6, 8, true), true)));
    wanted.set("node-2", false);
    assertThat(wanted.read())
        .containsExactly(
            new WantedNodes.Wanted(new NodePlan("node-1", 1, 2, 3, 7, false), true),
            new WantedNodes.Wanted(new NodePlan("node-2", 4, 5, 6, 8, true), false));
  }

  @Test
  void stoppedNode_asked_isNotAnAddress() throws IOException {
    CloudHome.write(
        json,
        home().cloud(),
        json.readTree(
            "{\"nodes\":[{\"http\":\"http://127.0.0.1:1\",\"running\":true},"
                + "{\"http\":\"http://127.0.0.1:2\",\"running\":false}]}"));
    assertThat(home().addresses(json)).hasSize(1);
  }

  @Test
  void configurationOfANode_written_namesWhatDiffers() {
    NodeLaunch launch =
        new NodeLaunch(
            Path.of("/opt/govcloud"),
            "intranet",
            0,
            Path.of("/opt/state/token"),
            home()::httpClient);
    NodePlan one = new NodePlan("node-1", 7070, 7626, 2551, 2600, true);
    String text =
        launch.configuration(
            one, List.of(one, new NodePlan("node-2", 1, 2, 2552, 2601, true)), 9042, List.of());
    assertThat(text)
        .contains("include required(file(\"/opt/govcloud/cluster-configs/local.conf\"))")
        .contains("govcloud.node.name = node-1")
        .contains("seed-nodes = [\"127.0.0.1:2551\", \"127.0.0.1:2552\"]")
        .contains("cloud-kind = INTRANET")
        .contains("contact-points = [\"127.0.0.1:9042\"]");
  }

  @Test
  void secondUp_inAHomeWithASupervisor_isAConflict() throws IOException {
    new HomeChecks(home()).prepare(new SecureRandom());
    TestTerminal terminal = new TestTerminal();
    Process holder = lockHolder();
    try {
      assertThat(terminal.run("up", "--home", home().folder().toString())).isEqualTo(6);
      assertThat(terminal.err()).contains("already runs").contains("govcloud down");
    } finally {
      holder.destroyForcibly();
    }
  }

  /** Another process that holds the lock, since a lock belongs to a process. */
  private Process lockHolder() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                home().lock().toString())
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('+');
    return process;
  }

  /** Holds a lock until it is killed. */
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws IOException {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.write(lock.isValid() ? '+' : '-');
        System.out.flush();
        System.in.read();
      }
    }
  }

  @Test
  void noCloud_down_isFine() {
    TestTerminal terminal = new TestTerminal();
    assertThat(terminal.run("down", "--home", home().folder().toString())).isZero();
    assertThat(terminal.err()).contains("No cloud runs");
  }

  @Test
  void wrongOptions_up_areUsage() {
    assertThat(new TestTerminal().run("up", "--nodes", "0")).isEqualTo(2);
    assertThat(new TestTerminal().run("up", "--kind", "moon")).isEqualTo(2);
    assertThat(new TestTerminal().run("up", "--port", "80")).isEqualTo(2);
  }

  @Test
  void stopLine_namesTheHome_asThePersonWouldTypeIt() {
    Path root = Path.of("/opt/govcloud");
    assertThat(stop("/opt/govcloud/.govcloud", root)).isEqualTo("./govcloud down");
    assertThat(stop("/tmp/x", root)).isEqualTo("./govcloud down --home /tmp/x");
    assertThat(stop("/opt/govcloud/try/a", root)).isEqualTo("./govcloud down --home try/a");
  }

  private static String stop(String home, Path root) {
    return UpCommand.stop(new CloudHome(Path.of(home)), root, root);
  }
}
