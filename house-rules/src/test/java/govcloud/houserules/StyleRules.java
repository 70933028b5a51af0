package govcloud.houserules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What every file is held to. Each rule gives its violations as sentences; none means all is well.
 */
final class StyleRules {
  static final int LONGEST_FILE = 400;

  private static final Pattern PACKAGE_SENTENCE =
      Pattern.compile(
          "/\\*\\*(?:(?!\\*/).){20,}?\\.\\s*\\*/\\s*(@\\w+\\s*)*package ", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("!?\\[[^\\]]*\\]\\(([^)\\s]+)[^)]*\\)");
  private static final Pattern CODE_BLOCK =
      Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);

  /** Written in two halves, so that this file does not offend against its own rule. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "\\b(TO"
              + "DO|FIX"
              + "ME|XX"
              + "X|HA"
              + "CK)\\b|(?i:\\b(for"
              + " now|not (yet )?imple"
              + "mented|coming"
              + " soon|work in"
              + " progress)\\b)");

  private static final Pattern MACHINE =
      Pattern.compile(
          "(?<![\\w.}])/(work|root|home|Us"
              + "ers)/[\\w.]|[A-Z]:\\\\\\\\?Us"
              + "ers|https?://[\\w.-]*"
              + "(artifactory|nexus|mirror)[\\w.-]*");

  private StyleRules() {}

  static List<String> filesTooLong(List<SourceFile> files) {
    return files.stream()
        .filter(file -> file.hasEnding(".java") && file.lines().size() > LONGEST_FILE)
        .map(
            file ->
                "%s: %d lines (expected: <= %d)"
                    .formatted(file.path(), file.lines().size(), LONGEST_FILE))
        .toList();
  }

  static List<String> packagesWithoutSentence(List<SourceFile> files) {
    Set<String> folders = new TreeSet<>();
    Set<String> said = new TreeSet<>();
    for (SourceFile file : files) {
      if (file.hasEnding(".java") && file.path().contains("src/main/java/")) {
        folders.add(file.folder());
        if (file.name().equals("package-info.java")
            && PACKAGE_SENTENCE.matcher(file.text()).find()) {
          said.add(file.folder());
        }
      }
    }
    folders.removeAll(said);
    return folders.stream()
        .map(folder -> folder + ": no package-info.java with a sentence (expected: one)")
        .toList();
  }

  /** Links to files and folders of the repository; those to other sites are not followed. */
  static List<String> deadLinks(List<SourceFile> files) {
    Set<String> there = files.stream().map(SourceFile::path).collect(Collectors.toSet());
    List<String> dead = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.hasEnding(".md")) {
        Matcher links = LINK.matcher(CODE_BLOCK.matcher(file.text()).replaceAll(""));
        while (links.find()) {
          String target = links.group(1).replaceAll("#.*", "");
          if (!links.group(1).matches("(https?:|mailto:).*") && !reaches(file, target, there)) {
            dead.add(
                file.path() + ": link to " + links.group(1) + " (expected: a file that is there)");
          }
        }
      }
    }
    return dead;
  }

  private static boolean reaches(SourceFile from, String target, Set<String> there) {
    if (target.isEmpty()) {
      return true;
    }
    String path = Path.of("/" + from.folder(), target).normalize().toString();
    String wanted = path.substring(1);
    return wanted.isEmpty()
        || there.contains(wanted)
        || there.stream().anyMatch(file -> file.startsWith(wanted + "/"));
  }

  static List<String> unfinishedWords(List<SourceFile> files) {
    return found(files, UNFINISHED, "a finished sentence");
  }

  static List<String> machinePaths(List<SourceFile> files) {
    return found(files, MACHINE, "nothing that exists on one machine alone");
  }

  private static List<String> found(List<SourceFile> files, Pattern pattern, String expected) {
    List<String> violations = new ArrayList<>();
    for (SourceFile file : files) {
      int number = 0;
      for (String line : file.lines()) {
        number++;
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
          violations.add(
              "%s:%d: %s (expected: %s)".formatted(file.path(), number, matcher.group(), expected));
        }
      }
    }
    return violations;
  }

  /** A module is a folder with sources and a pom. */
  static List<String> modulesWithoutRationale(List<SourceFile> files) {
    Set<String> modules = new TreeSet<>();
    Set<String> explained = new TreeSet<>();
    for (SourceFile file : files) {
      if (file.path().matches("[\\w-]+/src/.*")) {
        modules.add(file.path().substring(0, file.path().indexOf('/')));
      }
      if (file.name().equals("RATIONALE.md")) {
        explained.add(file.folder());
      }
    }
    modules.removeAll(explained);
    return modules.stream()
        .map(module -> module + ": no RATIONALE.md (expected: why this module is as it is)")
        .toList();
  }
}
