package govcloud.cli.xes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CaseNamesTest {
  @Test
  void identifier_asCase_stays() {
    assertThat(CaseNames.caseId("case-10011")).isEqualTo("case-10011");
  }

  @Test
  void otherNames_asCase_areReadableAndDistinct() {
    assertThat(CaseNames.caseId("Case 10011")).startsWith("case-10011-x").hasSize(28);
    assertThat(CaseNames.caseId("Case 10011")).isNotEqualTo(CaseNames.caseId("case_10011"));
    assertThat(CaseNames.caseId("许可")).startsWith("case-x");
    assertThat(CaseNames.caseId("")).startsWith("case-x");
    assertThat(CaseNames.caseId("a".repeat(500))).hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void nameThatLooksHashed_asCase_isHashedToo() {
    String hashed = CaseNames.caseId("Case 10011");
    assertThat(CaseNames.caseId(hashed)).isNotEqualTo(hashed);
  }

  @Test
  void parts_hashed_doNotRunIntoEachOther() {
    assertThat(CaseNames.hash("ab", "c")).isNotEqualTo(CaseNames.hash("a", "bc"));
  }
}
