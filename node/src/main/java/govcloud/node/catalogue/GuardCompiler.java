package govcloud.node.catalogue;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import govcloud.domain.catalogue.Guard;

/**
 * Compiles guards written in CEL. Whatever an author writes, a guard ends soon: expressions are
 * short, loops share one budget of iterations, and regular expressions run in linear time.
 */
final class GuardCompiler {

  /** Why an expression is no guard. */
  static final class GuardException extends Exception {
    private static final long serialVersionUID = 1L;

    GuardException(String message) {
      super(message);
    }
  }

  static final int MAXIMUM_LENGTH = 1_000;
  static final int MAXIMUM_NODES = 200;
  static final int MAXIMUM_ITERATIONS = 1_000;
  private static final int MAXIMUM_DEPTH = 32;
  private static final int MAXIMUM_PATTERN = 500;

  private final CelCompiler compiler;
  private final CelRuntime runtime;
  private final String cloudKind;

  /** A compiler for one cloud, {@code extranet} or {@code intranet}. */
  GuardCompiler(String cloudKind) {
    this.cloudKind = cloudKind;
    var options =
        CelOptions.current()
            .maxExpressionCodePointSize(MAXIMUM_LENGTH)
            .maxParseRecursionDepth(MAXIMUM_DEPTH)
            .maxParseErrorRecoveryLimit(1)
            .comprehensionMaxIterations(MAXIMUM_ITERATIONS)
            .maxRegexProgramSize(MAXIMUM_PATTERN)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    var anyMap = MapType.create(SimpleType.STRING, SimpleType.DYN);
    this.compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("form", anyMap)
            .addVar("action_form", anyMap)
            .addVar("applicant", anyMap)
            .addVar("state", SimpleType.STRING)
            .addVar("role", SimpleType.STRING)
            .addVar("person", SimpleType.STRING)
            .addVar("cloud_kind", SimpleType.STRING)
            .build();
    this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options).build();
  }

  /**
   * The guard that the expression stands for.
   *
   * @throws GuardException if it does not compile, is not boolean for certain, or is too big
   */
  Guard compile(String expression) throws GuardException {
    var result = compiler.compile(expression, "guard");
    if (result.hasError()) {
      var issue = result.getErrors().get(0);
      var at = issue.getSourceLocation();
      throw new GuardException(
          (at.getLine() > 0 ? "at " + at.getLine() + ":" + (at.getColumn() + 1) + ": " : "")
              + issue.getMessage());
    }
    try {
      var tree = result.getAst();
      check(tree);
      return new CelGuard(expression, runtime.createProgram(tree), cloudKind);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new GuardException(e.getMessage());
    }
  }

  private static void check(CelAbstractSyntaxTree tree) throws GuardException {
    if (!tree.getResultType().equals(SimpleType.BOOL)) {
      throw new GuardException("type " + tree.getResultType().name() + " (expected: bool)");
    }
    var nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().count();
    if (nodes > MAXIMUM_NODES) {
      throw new GuardException("size: " + nodes + " nodes (expected: <= " + MAXIMUM_NODES + ")");
    }
  }
}
