package govcloud.node.exchange;

import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.witness.WitnessMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The witness of an audit office as a process of its own, as its operator starts it. */
public final class WitnessProcess implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listens on .*:([0-9]+)");

  private final Path folder;
  private final String log;
  private Process process;
  private int port;

  /**
   * Makes a key; the witness does not run yet.
   *
   * @param log public key of the log that it knows
   */
  public WitnessProcess(Path folder, String log) throws Exception {
    this.folder = Files.createDirectories(folder);
    this.log = log;
    Process made = launch("--new-key", "audit.example", key().toString());
    Files.writeString(
        folder.resolve("said"),
        new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    if (made.waitFor() != 0) {
      throw new IOException(said());
    }
  }

  /** What was said when the key was made. */
  public String said() throws IOException {
    return Files.readString(folder.resolve("said")).strip();
  }

  /** File of the secret key. */
  public Path key() {
    return folder.resolve("key");
  }

  /** The public key, as it was told. */
  public VerifierKey verifier() throws IOException {
    return VerifierKey.parse(said());
  }

  /** Starts it, at the same place as before if it ran before. */
  public void start() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy"), "log " + log + "\nquorum none\n");
    process =
        launch(
            policy.toString(),
            key().toString(),
            folder.resolve("states").toString(),
            "127.0.0.1",
            Integer.toString(port));
    Matcher line = LISTENS.matcher(String.valueOf(process.inputReader().readLine()));
    if (!line.find()) {
      throw new IOException("witness: ended (expected: the port that it listens on)");
    }
    port = Integer.parseInt(line.group(1));
  }

  /** Where it answers. */
  public String address() {
    return "http://127.0.0.1:" + port + "/";
  }

  private static Process launch(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WitnessMain.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Ends it, as a crash would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
