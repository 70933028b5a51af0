package govcloud.faultlab.runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Types what stands in a runbook into a shell. */
final class Typing {
  private static final long PATIENCE_MINUTES = 5;

  private final Runbook runbook;
  private final Path installation;
  private final Path scratch;
  private final Map<String, Path> homes;

  /**
   * Nothing typed yet.
   *
   * @param installation in which it is typed
   * @param scratch for what commands say
   * @param homes of the clouds at whose machines it is typed
   */
  Typing(Runbook runbook, Path installation, Path scratch, Map<String, Path> homes) {
    this.runbook = runbook;
    this.installation = installation;
    this.scratch = scratch;
    this.homes = homes;
  }

  /**
   * Types the steps of a section.
   *
   * @param places what {@code export} says here
   * @return for each step that did not go as it stands there, where and how
   */
  List<String> section(int section, Map<String, String> places)
      throws IOException, InterruptedException {
    List<String> drifts = new ArrayList<>();
    for (Runbook.Step step : runbook.steps()) {
      if (step.section() == section) {
        drift(step, places).ifPresent(drifts::add);
      }
    }
    return drifts;
  }

  private Optional<String> drift(Runbook.Step step, Map<String, String> places)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(scratch, "said", ".txt");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", step.command())
            .directory(installation.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    shell.environment().putAll(places);
    shell.environment().put("GOVCLOUD_NO_BUILD", "1");
    Optional.ofNullable(homes.get(step.where()))
        .ifPresent(home -> shell.environment().put("GOVCLOUD_HOME", home.toString()));
    Process process = shell.start();
    process.getOutputStream().close();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    List<String> said =
        Runbook.lines(Files.readString(out)).stream().filter(line -> !line.isBlank()).toList();
    int code = process.exitValue();
    if (code != step.code()) {
      return Optional.of(
          told(step.line(), step, said)
              + "exit code: "
              + code
              + " (expected: "
              + step.code()
              + ")");
    }
    return Expected.drift(step, places, said).map(line -> told(line, step, said));
  }

  private String told(int line, Runbook.Step step, List<String> said) {
    return "%s:%d is not so.%n%s%nsays:%n%s%n"
        .formatted(runbook.file(), line, step.command(), String.join("\n", said));
  }
}
