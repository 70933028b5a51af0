package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the threat model and the lists of requirements say about tests is true of this tree. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssuranceTest {
  private static final String LISTS = "house-rules/src/test/resources/";

  private List<SourceFile> files;

  @BeforeAll
  void read() throws IOException, InterruptedException {
    files = SourceTree.read().files();
  }

  private SourceFile file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void testsThatAreNamed_areThere() {
    var documents =
        files.stream()
            .filter(file -> file.path().matches("THREAT_MODEL\\.md|docs/security/.*\\.md"))
            .toList();
    assertThat(documents).extracting(SourceFile::path).contains("THREAT_MODEL.md");
    assertThat(documents)
        .flatMap(document -> AssuranceRules.absentTests(document, files))
        .isEmpty();
  }

  @Test
  void asvs_hasEachRequirementOnceWithItsVerdict() {
    var numbers = AssuranceRules.numbers(file(LISTS + "asvs-5.0.0.txt"));
    assertThat(numbers).hasSize(253).doesNotHaveDuplicates();
    var document = file("docs/security/asvs.md");
    assertThat(AssuranceRules.wrongRows(document, numbers)).isEmpty();
    assertThat(AssuranceRules.wrongSum(document)).isEmpty();
  }

  @Test
  void mlps_hasEachRequirementOnceWithItsVerdict() {
    var numbers = AssuranceRules.numbers(file(LISTS + "gb-t-22239-2019-level-3.txt"));
    assertThat(numbers).hasSize(133).doesNotHaveDuplicates();
    var document = file("docs/security/mlps3.md");
    assertThat(AssuranceRules.wrongRows(document, numbers)).isEmpty();
    assertThat(AssuranceRules.wrongSum(document)).isEmpty();
  }
}
