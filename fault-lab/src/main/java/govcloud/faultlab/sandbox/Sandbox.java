package govcloud.faultlab.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Java program in network, mount and process namespaces of its own. Whatever it makes in there,
 * processes, networks, mounts and loop devices, the kernel takes back when the program ends,
 * however it ends.
 */
public final class Sandbox {

  private static final Map<String, String> TOOLS =
      Map.of(
          "unshare", "util-linux",
          "nsenter", "util-linux",
          "ip", "iproute2",
          "nft", "nftables",
          "mkfs.ext4", "e2fsprogs",
          "mkfs.xfs", "xfsprogs");
  private static final List<String> UNSHARE =
      List.of(
          "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--");

  private Sandbox() {}

  /** Why no sandbox can be made here; empty when one can. */
  public static Optional<String> obstacle() {
    List<String> missing =
        TOOLS.keySet().stream()
            .sorted()
            .filter(tool -> !isThere(tool))
            .map(tool -> tool + " (package " + TOOLS.get(tool) + ")")
            .toList();
    if (!missing.isEmpty()) {
      return Optional.of("not installed: " + String.join(", ", missing));
    }
    try {
      List<String> words = new ArrayList<>(UNSHARE);
      words.addAll(List.of("ip", "link", "add", "try", "type", "bridge"));
      Command.run(words.toArray(String[]::new));
      return Optional.empty();
    } catch (SandboxException notAllowed) {
      return Optional.of("no namespaces (expected: root): " + notAllowed.getMessage());
    }
  }

  private static boolean isThere(String tool) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }

  /**
   * Runs a main class of this JVM's class path in a sandbox. The program must call {@link #enter}
   * first.
   *
   * @param output where what it prints goes
   * @return the exit code
   */
  public static int run(
      String main, List<String> options, List<String> arguments, ProcessBuilder.Redirect output)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(UNSHARE);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(main);
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.redirectErrorStream(true).redirectOutput(output);
    Process process = builder.start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Makes the sandbox usable from inside: an own {@code /run}, a loopback device, and a watch that
   * ends this program, and with it everything, when the program outside has ended.
   */
  public static void enter() throws IOException {
    if (ProcessHandle.current().pid() != 1) {
      throw new SandboxException("process id: not 1 (expected: a sandbox of its own)");
    }
    Thread watch = new Thread(Sandbox::awaitParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    Command.run("mount", "-t", "tmpfs", "fault-lab", "/run");
    Files.createDirectories(Path.of("/run/netns"));
    Command.run("ip", "link", "set", "lo", "up");
  }

  private static void awaitParent() {
    try {
      while (System.in.read() >= 0) {
        // nobody writes here; only the end counts
      }
    } catch (IOException endToo) {
      // a broken pipe says the same as its end
    }
    Runtime.getRuntime().halt(1);
  }
}
