package govcloud.houserules;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Measures methods with the JDK's own parser, from the first modifier to the closing brace. */
final class MethodLength {
  static final int LONGEST_METHOD = 40;

  private MethodLength() {}

  static List<String> methodsTooLong(List<SourceFile> files) throws IOException {
    List<JavaFileObject> units = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.hasEnding(".java")) {
        units.add(new Unit(file));
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, units);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<String> violations = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      new Scanner(unit, positions, violations).scan(unit, null);
    }
    return violations;
  }

  private static final class Scanner extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> violations;

    Scanner(CompilationUnitTree unit, SourcePositions positions, List<String> violations) {
      this.unit = unit;
      this.positions = positions;
      this.violations = violations;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      long first = line(positions.getStartPosition(unit, method));
      long last = line(positions.getEndPosition(unit, method));
      if (last - first + 1 > LONGEST_METHOD) {
        violations.add(
            "%s:%d: method %s has %d lines (expected: <= %d)"
                .formatted(
                    unit.getSourceFile().getName(),
                    first,
                    method.getName(),
                    last - first + 1,
                    LONGEST_METHOD));
      }
      return super.visitMethod(method, null);
    }

    private long line(long position) {
      return position < 0 ? 0 : unit.getLineMap().getLineNumber(position);
    }
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final SourceFile file;

    Unit(SourceFile file) {
      super(URI.create("string:///" + file.path()), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }
}
