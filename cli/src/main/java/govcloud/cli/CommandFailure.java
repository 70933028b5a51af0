package govcloud.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * A command that could not be done: the exit code and a problem object in the form of the API, also
 * for what went wrong on this side.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final transient ObjectNode problem;
  private final Duration retryAfter;

  /** A problem that the API answered. */
  public CommandFailure(ExitCode exitCode, ObjectNode problem) {
    this(exitCode, problem, Duration.ZERO);
  }

  /**
   * A problem that the API answered.
   *
   * @param retryAfter when it asks to be asked again; zero: it says nothing of that
   */
  public CommandFailure(ExitCode exitCode, ObjectNode problem, Duration retryAfter) {
    super(problem.path("detail").asText(problem.path("title").asText("failed")));
    this.exitCode = exitCode;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** A problem of this side; the detail is one sentence that says what to do. */
  public CommandFailure(ExitCode exitCode, String code, String detail) {
    this(exitCode, problem(code, detail));
  }

  private static ObjectNode problem(String code, String detail) {
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "/problems/" + code.toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    problem.put(
        "title",
        code.substring(0, 1)
            + code.substring(1).toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    problem.put("code", code);
    problem.put("detail", detail);
    return problem;
  }

  /** How the process ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The problem object. */
  public ObjectNode problem() {
    return problem;
  }

  /** When the API asks to be asked again; zero: it says nothing of that. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** Its stable code. */
  public String code() {
    return problem.path("code").asText("");
  }
}
