package govcloud.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiAnswer;
import govcloud.cli.output.ProgressBar;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Waits for an operation to end. */
public final class Waiting {
  private static final Set<String> ENDED = Set.of("succeeded", "failed", "cancelled");

  @Option(
      names = {"-w", "--wait"},
      description = "Wait until it is done, at most --timeout.")
  private boolean wait;

  /** Waits for the operation of an answer, if that was asked for. */
  public ExitCode after(Connection connection, ApiAnswer answer, Duration timeout) {
    String operation =
        answer
            .headers()
            .firstValue("Location")
            .map(place -> place.substring(place.lastIndexOf('/') + 1))
            .orElse(answer.body().path("operation").asText(""));
    if (!wait || operation.isEmpty()) {
      return ExitCode.OK;
    }
    awaitBegin(connection, operation, timeout);
    return until(connection, operation, timeout);
  }

  /** An answer names its operation before the reaction to the change has begun it. */
  private static void awaitBegin(Connection connection, String operation, Duration timeout) {
    Instant deadline = connection.clock().instant().plus(timeout);
    while (true) {
      try {
        connection.get("v1", "operations", operation);
        return;
      } catch (CommandFailure failure) {
        boolean late = connection.clock().instant().isAfter(deadline);
        if (failure.exitCode() != ExitCode.NOT_FOUND || late) {
          throw failure;
        }
      }
      pause(Duration.ofMillis(200));
    }
  }

  /**
   * Waits for one operation.
   *
   * @return OK or, when it failed or was given up, FAILED
   * @throws CommandFailure TIMEOUT when it still runs
   */
  public static ExitCode until(Connection connection, String operation, Duration timeout) {
    return until(connection, operation, timeout, now -> {});
  }

  /** The same with a bar that shows how far it is, how fast it goes and how long it will take. */
  public static ExitCode withBar(
      Connection connection, String operation, Duration timeout, String title) {
    try (ProgressBar bar =
        new ProgressBar(connection.terminal(), connection.clock(), title, "batches")) {
      return until(
          connection,
          operation,
          timeout,
          now -> {
            long total = Math.max(1, now.path("progress").path("total").asLong());
            long done = now.path("progress").path("done").asLong();
            bar.update((double) done / total, done, now.path("status").asText());
          });
    }
  }

  private static ExitCode until(
      Connection connection, String operation, Duration timeout, Consumer<JsonNode> watch) {
    Instant deadline = connection.clock().instant().plus(timeout);
    while (true) {
      JsonNode now = connection.get("v1", "operations", operation);
      watch.accept(now);
      String status = now.path("status").asText();
      if (ENDED.contains(status)) {
        String why = now.path("reason").asText("");
        connection
            .terminal()
            .say("Operation " + operation + ": " + status + (why.isEmpty() ? "." : ": " + why));
        return status.equals("succeeded") ? ExitCode.OK : ExitCode.FAILED;
      }
      if (connection.clock().instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "OPERATION_RUNNING",
            "Operation "
                + operation
                + " is still "
                + status
                + "; wait on with `govcloud operation wait "
                + operation
                + "`.");
      }
      pause(Duration.ofMillis(200));
    }
  }

  /**
   * Does nothing for a while.
   *
   * @throws CommandFailure when the command is interrupted meanwhile
   */
  public static void pause(Duration length) {
    try {
      Thread.sleep(length.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }
}
