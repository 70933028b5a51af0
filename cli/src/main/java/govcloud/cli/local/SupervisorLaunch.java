package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the supervisor so that it goes on when the command and its terminal end. */
final class SupervisorLaunch {
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final ObjectMapper json;
  private final CloudHome home;
  private final Path installation;

  SupervisorLaunch(ObjectMapper json, CloudHome home, Path installation) {
    this.json = json;
    this.home = home;
    this.installation = installation;
  }

  /** Starts it and waits until the cloud is ready. */
  void run(String kind, int cassandraPort, ProgressBar bar) {
    try {
      Files.deleteIfExists(home.progress());
      Process process =
          new ProcessBuilder(command(kind, cassandraPort))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(home.supervisorLog().toFile()))
              .start();
      process.getOutputStream().close();
      awaitReady(process, bar);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "SUPERVISOR_NOT_STARTED",
          "Cannot start the supervisor (" + e.getMessage() + ").");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }

  private List<String> command(String kind, int cassandraPort) {
    List<String> command = new ArrayList<>();
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .ifPresent(command::add);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx48m");
    command.add("-Xss512k");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Djava.util.concurrent.ForkJoinPool.common.parallelism=2");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SupervisorMain.class.getName());
    command.add(home.folder().toString());
    command.add(installation.toString());
    command.add(kind);
    command.add(String.valueOf(cassandraPort));
    return command;
  }

  private void awaitReady(Process process, ProgressBar bar) throws InterruptedException {
    while (true) {
      boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
      ObjectNode progress = CloudHome.read(json, home.progress());
      boolean own = progress.path("pid").asLong() == process.pid();
      if (own && progress.path("ready").asBoolean()) {
        bar.update(1, 0, "");
        return;
      }
      if (own && progress.has("problem")) {
        process.waitFor(40, TimeUnit.SECONDS);
        throw failure(progress);
      }
      if (ended && process.exitValue() == ExitCode.CONFLICT.number()) {
        throw new HomeChecks(home).alreadyRunning();
      }
      if (ended) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "SUPERVISOR_ENDED",
            "The supervisor ended with code "
                + process.exitValue()
                + "; see "
                + home.supervisorLog()
                + ".");
      }
      bar.update(progress.path("share").asDouble(0), 0, progress.path("activity").asText(""));
    }
  }

  private static CommandFailure failure(JsonNode progress) {
    return new CommandFailure(
        ExitCode.valueOf(progress.path("exit_code").asText(ExitCode.FAILED.name())),
        (ObjectNode) progress.get("problem"));
  }
}
