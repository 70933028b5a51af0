package govcloud.exchange.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles conditions in CEL. Every variable has a declared type; there is no floating point, no
 * map (their order is not fixed), no value without type, no pattern, and no clock. Whatever an
 * author writes ends soon: texts are short and loops share one budget.
 */
final class Expressions {
  /** Characters of the longest condition. */
  static final int LONGEST = govcloud.domain.sharing.Policy.LONGEST_SOURCE;

  /** Turns of all loops of one evaluation together. */
  private static final int MOST_ITERATIONS = 1_000;

  /** Nodes of the largest condition. */
  private static final int MOST_NODES = 400;

  private static final int DEEPEST = 40;
  private static final int LARGEST_PATTERN = 200;

  /** A value of these kinds could differ between machines, or be anything. */
  private static final Set<CelKind> FORBIDDEN =
      EnumSet.of(CelKind.DOUBLE, CelKind.MAP, CelKind.DYN, CelKind.ANY, CelKind.STRUCT);

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(DEEPEST)
          .maxParseErrorRecoveryLimit(1)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .maxRegexProgramSize(LARGEST_PATTERN)
          .build();

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /** A compiler of conditions over these variables. */
  Expressions(Map<String, CelType> variables) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
    variables.forEach(builder::addVar);
    compiler = builder.build();
    runtime = CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
  }

  /**
   * The condition that a text stands for.
   *
   * @throws PolicyException if it does not compile, is not boolean for certain, or is too big
   */
  CelRuntime.Program compile(String source) throws PolicyException {
    var result = compiler.compile(source, "condition");
    if (result.hasError()) {
      var issue = result.getErrors().get(0);
      var at = issue.getSourceLocation();
      throw at.getLine() > 0
          ? new PolicyException(at.getLine(), at.getColumn() + 1, issue.getMessage())
          : new PolicyException(issue.getMessage());
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      check(tree);
      return runtime.createProgram(tree);
    } catch (CelValidationException | CelEvaluationException e) {
      throw new PolicyException(String.valueOf(e.getMessage()));
    }
  }

  private static void check(CelAbstractSyntaxTree tree) throws PolicyException {
    if (!tree.getResultType().equals(SimpleType.BOOL)) {
      throw new PolicyException("type " + tree.getResultType().name() + " (expected: bool)");
    }
    List<CelNavigableExpr> nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
    if (nodes.size() > MOST_NODES) {
      throw new PolicyException(
          "size: " + nodes.size() + " nodes (expected: <= " + MOST_NODES + ")");
    }
    for (CelNavigableExpr node : nodes) {
      CelType type = tree.getType(node.id()).orElse(SimpleType.BOOL);
      if (FORBIDDEN.contains(type.kind())) {
        throw at(tree, node, "a value of type " + type.name() + " (expected: none)");
      }
      if (node.getKind() == ExprKind.Kind.CALL && node.expr().call().function().equals("matches")) {
        throw at(tree, node, "a pattern (expected: ==, in, startsWith, endsWith or contains)");
      }
      // Texts and lists that are put together can double at each turn of a loop.
      if (node.getKind() == ExprKind.Kind.CALL
          && node.expr().call().function().equals("_+_")
          && type.kind() != CelKind.INT
          && !isStepOfALoop(node)) {
        throw at(tree, node, "joined texts or lists (expected: none)");
      }
    }
  }

  /** What {@code map} and {@code filter} are made of: one more element behind what there is. */
  private static boolean isStepOfALoop(CelNavigableExpr node) {
    return node.expr().call().args().get(0).exprKind().getKind() == ExprKind.Kind.IDENT
        && node.expr().call().args().get(0).ident().name().startsWith("@result");
  }

  private static PolicyException at(
      CelAbstractSyntaxTree tree, CelNavigableExpr node, String message) {
    CelSource source = tree.getSource();
    Integer offset = source.getPositionsMap().get(node.id());
    return source
        .getOffsetLocation(offset == null ? 0 : offset)
        .map(place -> new PolicyException(place.getLine(), place.getColumn() + 1, message))
        .orElseGet(() -> new PolicyException(message));
  }
}
