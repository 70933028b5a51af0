package govcloud.houserules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What documents say about tests and requirements. Each rule gives its violations as sentences;
 * none means all is well.
 */
final class AssuranceRules {
  private static final List<String> VERDICTS =
      List.of("met", "partly", "not met", "not applicable");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");
  private static final Pattern ROW = Pattern.compile("\\| (\\d+(?:\\.\\d+)+[a-z]?) \\|(.*)\\|");
  private static final Pattern SUM = Pattern.compile("(?:\\| \\d+ ){5}\\|");
  private static final int SHORTEST_REASON = 5;

  private AssuranceRules() {}

  /** Tests and methods that a document names and that are not there. */
  static List<String> absentTests(SourceFile document, List<SourceFile> files) {
    Map<String, String> tests = tests(files);
    Set<String> absent = new TreeSet<>();
    Matcher named = TEST.matcher(document.text());
    while (named.find()) {
      String code = tests.get(named.group(1));
      if (code == null) {
        absent.add(named.group(1) + " (expected: a test class that is there)");
      } else if (named.group(2) != null && !hasMethod(code, named.group(2))) {
        absent.add(named.group(1) + "." + named.group(2) + " (expected: a method that is there)");
      }
    }
    return absent.stream().map(test -> document.path() + ": " + test).toList();
  }

  /** By simple name; classes of one name in several modules count together. */
  private static Map<String, String> tests(List<SourceFile> files) {
    return files.stream()
        .filter(file -> file.path().contains("src/test/java/"))
        .filter(file -> file.hasEnding("Test.java", "IT.java"))
        .collect(
            Collectors.toMap(
                file -> file.name().replace(".java", ""),
                SourceFile::text,
                String::concat,
                TreeMap::new));
  }

  private static boolean hasMethod(String code, String method) {
    return Pattern.compile("\\b[\\w>\\]] " + method + "\\(|\\bvoid " + method + "\\(")
        .matcher(code)
        .find();
  }

  /**
   * Rows of a document that are wrong: a requirement that is missing, strange or there twice, a
   * verdict that is none, one without reason.
   *
   * @param numbers of the requirements, in any order
   */
  static List<String> wrongRows(SourceFile document, List<String> numbers) {
    List<String> wrong = new ArrayList<>();
    Set<String> missing = new TreeSet<>(numbers);
    Set<String> seen = new HashSet<>();
    for (String line : document.lines()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        String number = row.group(1);
        missing.remove(number);
        if (!seen.add(number)) {
          wrong.add(number + ": there twice (expected: once)");
        } else if (!numbers.contains(number)) {
          wrong.add(number + ": no such requirement (expected: one of the list)");
        }
        fault(row.group(2)).ifPresent(fault -> wrong.add(number + ": " + fault));
      }
    }
    missing.forEach(number -> wrong.add(number + ": missing (expected: a row)"));
    return wrong.stream().map(fault -> document.path() + ": " + fault).toList();
  }

  /** A row ends with its verdict and what it rests on. */
  private static Optional<String> fault(String cells) {
    String verdict = verdict(cells);
    String reason = cells.substring(cells.lastIndexOf('|') + 1).strip();
    if (!VERDICTS.contains(verdict)) {
      return Optional.of("verdict \"" + verdict + "\" (expected: one of " + VERDICTS + ")");
    }
    if (reason.length() < SHORTEST_REASON) {
      return Optional.of("reason \"" + reason + "\" (expected: what the verdict rests on)");
    }
    if (verdict.equals("met") && !TEST.matcher(reason).find() && !reason.contains("](")) {
      return Optional.of("met by \"" + reason + "\" (expected: a test, or a link to a file)");
    }
    return Optional.empty();
  }

  private static String verdict(String cells) {
    String[] words = cells.split("\\|", -1);
    return words.length < 2 ? "" : words[words.length - 2].strip();
  }

  /** The line of sums of a document, where it is not that of its rows. */
  static List<String> wrongSum(SourceFile document) {
    List<String> verdicts =
        document.lines().stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> verdict(row.group(2)))
            .toList();
    String right =
        VERDICTS.stream()
            .map(verdict -> Collections.frequency(verdicts, verdict) + " | ")
            .collect(Collectors.joining("", "| ", verdicts.size() + " |"));
    return document.lines().stream()
        .filter(line -> SUM.matcher(line).matches() && !line.equals(right))
        .map(line -> document.path() + ": " + line + " (expected: " + right + ")")
        .toList();
  }

  /** The numbers at the beginning of the lines of a list; lines with # are words about it. */
  static List<String> numbers(SourceFile list) {
    return list.lines().stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(line -> line.split(" ", 2)[0])
        .toList();
  }
}
