package govcloud.node.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SearchWordsTest {

  @Test
  void textInBothLanguages_filed_hasWordsLettersAndPairs() {
    assertThat(SearchWords.of("traffic violations 交通违法 a1"))
        .containsExactlyInAnyOrder(
            "traffic", "violations", "交", "通", "违", "法", "交通", "通违", "违法", "a1");
  }

  @Test
  void query_asked_isFoundByEveryPartOfTheText() {
    var filed = SearchWords.of("机动车交通违法信息 traffic violations");
    for (var query : new String[] {"交通违法", "违法", "法", "Traffic", "traffic 信息", "VIOLATIONS交通"}) {
      assertThat(filed).as(query).containsAll(SearchWords.asked(query));
    }
    for (var query : new String[] {"交法", "traff", "信用"}) {
      assertThat(filed.containsAll(SearchWords.asked(query))).as(query).isFalse();
    }
  }

  @Test
  void query_inAnotherOrder_asksForTheSameWordsInTheSameOrder() {
    assertThat(SearchWords.asked("违法 交通 traffic 交通"))
        .isEqualTo(SearchWords.asked("traffic 交通 违法"))
        .containsExactly("traffic", "交通", "违法");
  }

  @Test
  void lettersBeyondTheBasicPlane_filed_staysWhole() {
    assertThat(SearchWords.of("𠮷野")).containsExactlyInAnyOrder("𠮷", "野", "𠮷野");
  }

  @Test
  void emptyQuery_asked_hasNoWords() {
    assertThat(SearchWords.asked(" ,。")).isEmpty();
  }
}
