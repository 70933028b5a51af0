package govcloud.houserules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Every setting of a reference.conf is explained: by a comment above it, above the lines it stands
 * in one block with, or above the object it belongs to.
 */
final class SettingsComments {
  private static final Pattern OBJECT = Pattern.compile("\\s*[\"\\w.-]+\\s*(=|:)?\\s*\\{\\s*");
  private static final Pattern SETTING = Pattern.compile("\\s*[\"\\w.-]+\\s*(\\+?=|:|\\{).*");

  private final SourceFile file;
  private final Deque<Boolean> explainedObjects = new ArrayDeque<>();
  private final List<String> violations = new ArrayList<>();
  private boolean explained;

  private SettingsComments(SourceFile file) {
    this.file = file;
  }

  static List<String> uncommented(List<SourceFile> files) {
    List<String> violations = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.name().equals("reference.conf") && file.path().contains("src/main/")) {
        violations.addAll(new SettingsComments(file).read());
      }
    }
    return violations;
  }

  private List<String> read() {
    int number = 0;
    for (String line : file.lines()) {
      number++;
      read(line, number);
    }
    return violations;
  }

  private void read(String line, int number) {
    String text = line.strip();
    if (text.isEmpty()) {
      explained = false;
    } else if (text.startsWith("#") || text.startsWith("//")) {
      explained = true;
    } else if (text.startsWith("}") || text.startsWith("]")) {
      if (text.startsWith("}") && !explainedObjects.isEmpty()) {
        explainedObjects.pop();
      }
      explained = false;
    } else if (OBJECT.matcher(line).matches()) {
      boolean root = explainedObjects.isEmpty();
      explainedObjects.push(!root && (explained || explainedObjects.peek()));
      explained = false;
    } else if (SETTING.matcher(line).matches()
        && !explained
        && !text.contains(" #")
        && !Boolean.TRUE.equals(explainedObjects.peek())) {
      violations.add(
          "%s:%d: %s (expected: a comment above it)".formatted(file.path(), number, text));
    }
  }
}
