package govcloud.node.catalogue;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import govcloud.domain.catalogue.Guard;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** The variable that {@code acted} stands for. */
  private static final String OWN_ACTIONS = "own_actions";

  private static final String IN = "@in";

  /** {@code acted("accept")}: whether this person accepted the case at some time. */
  private static final CelMacro ACTED =
      CelMacro.newGlobalMacro(
          "acted",
          1,
          (factory, target, arguments) ->
              Optional.of(
                  factory.newGlobalCall(IN, arguments.get(0), factory.newIdentifier(OWN_ACTIONS))));

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
            .addMacros(ACTED)
            .addVar("form", anyMap)
            .addVar("action_form", anyMap)
            .addVar("applicant", anyMap)
            .addVar("state", SimpleType.STRING)
            .addVar("role", SimpleType.STRING)
            .addVar("person", SimpleType.STRING)
            .addVar("cloud_kind", SimpleType.STRING)
            .addVar("opened_by", SimpleType.STRING)
            .addVar(OWN_ACTIONS, ListType.create(SimpleType.STRING))
            .build();
    this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(options).build();
  }

  /**
   * The guard that the expression stands for.
   *
   * @param actions names that the app declares; a misspelt one would be an action that nobody ever
   *     took, and the guard would hold for everybody
   * @throws GuardException if it does not compile, is not boolean for certain, is too big or asks
   *     for an action that the app does not have
   */
  Guard compile(String expression, Set<String> actions) throws GuardException {
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
      checkActions(tree, actions);
      return new CelGuard(expression, runtime.createProgram(tree), cloudKind);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new GuardException(e.getMessage());
    }
  }

  private static void checkActions(CelAbstractSyntaxTree tree, Set<String> actions)
      throws GuardException {
    List<CelExpr> asked =
        CelNavigableAst.fromAst(tree)
            .getRoot()
            .allNodes()
            .map(CelNavigableExpr::expr)
            .filter(GuardCompiler::asksForAnAction)
            .map(call -> call.call().args().get(0))
            .toList();
    for (var name : asked) {
      if (!isText(name) || !actions.contains(name.constant().stringValue())) {
        throw new GuardException(
            "action "
                + (isText(name) ? name.constant().stringValue() : "computed")
                + " (expected: the name of an action of the app)");
      }
    }
  }

  private static boolean asksForAnAction(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals(IN)
        && expression.call().args().get(1).getKind() == CelExpr.ExprKind.Kind.IDENT
        && expression.call().args().get(1).ident().name().equals(OWN_ACTIONS);
  }

  private static boolean isText(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
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
