package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule finds what it is there for, and lets pass what is right. */
class StyleRulesTest {
  @Test
  void fileOfTheLongestLength_passes_oneLineMoreIsFound() {
    assertThat(StyleRules.filesTooLong(List.of(file("A.java", "x\n".repeat(400))))).isEmpty();
    assertThat(StyleRules.filesTooLong(List.of(file("A.java", "x\n".repeat(401)))))
        .containsExactly("A.java: 401 lines (expected: <= 400)");
  }

  @Test
  void methodOfTheLongestLength_passes_oneLineMoreIsFound() throws IOException {
    assertThat(MethodLength.methodsTooLong(List.of(method(38)))).isEmpty();
    assertThat(MethodLength.methodsTooLong(List.of(method(39))))
        .containsExactly("/A.java:2: method m has 41 lines (expected: <= 40)");
  }

  @Test
  void bracesInTextsAndNestedClasses_methods_areStillMeasured() throws IOException {
    String text = "class A { class B { String s = \"{{{\"; void n() {" + "\n;".repeat(50) + "} } }";
    assertThat(MethodLength.methodsTooLong(List.of(file("A.java", text)))).hasSize(1);
  }

  @Test
  void packageWithoutInfoOrWithoutSentence_isFound() {
    SourceFile code = file("m/src/main/java/p/A.java", "class A {}");
    assertThat(StyleRules.packagesWithoutSentence(List.of(code)))
        .containsExactly("m/src/main/java/p: no package-info.java with a sentence (expected: one)");
    assertThat(StyleRules.packagesWithoutSentence(List.of(code, info("package p;")))).hasSize(1);
    assertThat(StyleRules.packagesWithoutSentence(List.of(code, info("/** p */\npackage p;"))))
        .hasSize(1);
    assertThat(
            StyleRules.packagesWithoutSentence(
                List.of(code, info("/** What a p is and why there is one. */\npackage p;"))))
        .isEmpty();
  }

  @Test
  void links_deadOnesAreFound_liveOnesAndOtherSitesPass() {
    SourceFile text =
        file(
            "docs/a.md",
            "[x](b.md) [y](../README.md#top) [z](#here) [s](https://example.org/q) [d](../docs)");
    List<SourceFile> all =
        List.of(text, file("docs/b.md", "```\n[no](link.md)\n```"), file("README.md", ""));
    assertThat(StyleRules.deadLinks(all)).isEmpty();
    assertThat(StyleRules.deadLinks(List.of(text)))
        .containsExactly(
            "docs/a.md: link to b.md (expected: a file that is there)",
            "docs/a.md: link to ../README.md#top (expected: a file that is there)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"// TO" + "DO later", "good for" + " now", "Not imple" + "mented"})
  void unfinishedWord_isFound(String line) {
    assertThat(StyleRules.unfinishedWords(List.of(file("a.md", "fine\n" + line))))
        .singleElement()
        .asString()
        .startsWith("a.md:2: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cd /wo" + "rk/x", "'/ro" + "ot/.m2'", "https://nex" + "us.example.org/x"})
  void pathOrHostOfOneMachine_isFound(String line) {
    assertThat(StyleRules.machinePaths(List.of(file("a.md", line)))).hasSize(1);
  }

  @Test
  void ordinaryWords_pass() {
    String text = "the todos of a list, target/work/lib, ${home}/root/x, mvn -pl node/home/y";
    assertThat(StyleRules.unfinishedWords(List.of(file("a.md", text)))).isEmpty();
    assertThat(StyleRules.machinePaths(List.of(file("a.md", text)))).isEmpty();
  }

  @Test
  void moduleWithoutRationale_isFound() {
    SourceFile code = file("m/src/main/java/A.java", "");
    assertThat(StyleRules.modulesWithoutRationale(List.of(code))).hasSize(1);
    assertThat(StyleRules.modulesWithoutRationale(List.of(code, file("m/RATIONALE.md", ""))))
        .isEmpty();
  }

  @Test
  void settingWithoutComment_isFound() {
    String text =
        "govcloud {\n  a = 1\n\n  # why\n  b = 2\n  c = 3\n\n  # all\n  d {\n    e = 4\n  }\n}\n";
    assertThat(
            SettingsComments.uncommented(
                List.of(file("m/src/main/resources/reference.conf", text))))
        .containsExactly(
            "m/src/main/resources/reference.conf:2: a = 1 (expected: a comment above it)");
  }

  private static SourceFile method(int bodyLines) {
    return file("A.java", "class A {\n  void m() {\n" + "    ;\n".repeat(bodyLines) + "  }\n}\n");
  }

  private static SourceFile info(String text) {
    return file("m/src/main/java/p/package-info.java", text);
  }

  private static SourceFile file(String path, String text) {
    return new SourceFile(path, text);
  }
}
