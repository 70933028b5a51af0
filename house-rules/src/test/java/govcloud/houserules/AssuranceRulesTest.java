package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every rule finds what it is there for, and lets pass what is right. */
class AssuranceRulesTest {
  private static final SourceFile TEST =
      new SourceFile(
          "m/src/test/java/p/DoorTest.java",
          "class DoorTest {\n  @Test\n  void key_fits() {}\n}\n");

  @Test
  void classOrMethodThatIsNotThere_isFound() {
    assertThat(
            AssuranceRules.absentTests(
                file("`DoorTest`, `DoorTest.key_fits`, `DoorTest.key`, `WallTest`, `WallIT.x`"),
                List.of(TEST)))
        .containsExactly(
            "d.md: DoorTest.key (expected: a method that is there)",
            "d.md: WallIT (expected: a test class that is there)",
            "d.md: WallTest (expected: a test class that is there)");
  }

  @Test
  void rightRows_pass() {
    var text =
        """
        | number | what | verdict | by |
        |---|---|---|---|
        | 1.1.1 | doors | met | `DoorTest.key_fits` |
        | 1.1.2 | walls | met | [Wall](Wall.java) |
        | 1.2.1 | gates | partly | missing: a lock |
        | 1.2.2a | roofs | not met | there is none |
        | 1.2.2b | moats | not applicable | no castle |
        """;
    assertThat(
            AssuranceRules.wrongRows(
                file(text), List.of("1.1.1", "1.1.2", "1.2.1", "1.2.2a", "1.2.2b")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "| 1.1.1 | doors | met | because we say so |; 1.1.1: met by \"because we say so\"",
        "| 1.1.1 | doors | | `DoorTest` |; 1.1.1: verdict \"\"",
        "| 1.1.1 | doors | fine | `DoorTest` |; 1.1.1: verdict \"fine\"",
        "| 1.1.1 | doors |; 1.1.1: verdict \"\"",
        "| 1.1.1 | doors | partly | |; 1.1.1: reason \"\"",
        "| 9.9.9 | made up | met | `DoorTest` |; 9.9.9: no such requirement",
        "| none | none | met | `DoorTest` |; 1.1.1: missing",
      })
  void wrongRow_isFound(String row, String fault) {
    assertThat(AssuranceRules.wrongRows(file(row), List.of("1.1.1")))
        .anySatisfy(found -> assertThat(found).startsWith("d.md: " + fault));
  }

  @Test
  void rowThatIsThereTwice_isFound() {
    var row = "| 1.1.1 | doors | met | `DoorTest` |\n";
    assertThat(AssuranceRules.wrongRows(file(row + row), List.of("1.1.1")))
        .containsExactly("d.md: 1.1.1: there twice (expected: once)");
  }

  @Test
  void sumThatIsNotThatOfTheRows_isFound() {
    var rows = "| 1.1.1 | doors | met | `DoorTest` |\n| 1.1.2 | moats | not met | none |\n";
    assertThat(AssuranceRules.wrongSum(file("| 1 | 0 | 1 | 0 | 2 |\n" + rows))).isEmpty();
    assertThat(AssuranceRules.wrongSum(file("| 2 | 0 | 0 | 0 | 2 |\n" + rows)))
        .containsExactly("d.md: | 2 | 0 | 0 | 0 | 2 | (expected: | 1 | 0 | 1 | 0 | 2 |)");
  }

  private static SourceFile file(String text) {
    return new SourceFile("d.md", text);
  }
}
