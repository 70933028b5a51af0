package govcloud.node.catalogue;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import govcloud.domain.catalogue.Guard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A guard written in CEL; safe to use from several threads. */
record CelGuard(String expression, CelRuntime.Program program, String cloudKind) implements Guard {

  private static final Map<String, Object> EMPTY =
      Map.of(
          "form",
          Map.of(),
          "action_form",
          Map.of(),
          "applicant",
          Map.of(),
          "state",
          "",
          "role",
          "",
          "person",
          "",
          "opened_by",
          "",
          "own_actions",
          List.of());

  @Override
  @SuppressWarnings("deprecation") // The replacement type is not public in this version of CEL.
  public Verdict test(Map<String, Object> variables) {
    var all = new HashMap<>(EMPTY);
    all.putAll(variables);
    all.put("cloud_kind", cloudKind);
    try {
      return new Verdict(Boolean.TRUE.equals(program.eval(all)), "");
    } catch (CelEvaluationException | RuntimeException e) {
      return new Verdict(false, "guard " + expression + ": " + e.getMessage());
    }
  }
}
