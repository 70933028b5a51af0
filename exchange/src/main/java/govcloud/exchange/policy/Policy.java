package govcloud.exchange.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import govcloud.exchange.JsonBytes;

/** A compiled policy. For several threads. */
public final class Policy {
  private final String source;
  private final String hash;
  private final CelRuntime.Program program;

  Policy(String source, CelRuntime.Program program) {
    this.source = source;
    this.hash = JsonBytes.sha256(source);
    this.program = program;
  }

  /** The text that was compiled. */
  public String source() {
    return source;
  }

  /** What it says to these facts: the same on every machine. */
  @SuppressWarnings("deprecation") // The replacement type is not public in this version of CEL.
  public Verdict decide(PolicyInput input) {
    try {
      boolean permit = Boolean.TRUE.equals(program.eval(input.variables()));
      return new Verdict(permit, "", hash, input.hash());
    } catch (CelEvaluationException | RuntimeException e) {
      return new Verdict(false, String.valueOf(e.getMessage()), hash, input.hash());
    }
  }
}
