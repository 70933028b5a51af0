package govcloud.node.replication.audit;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.Slices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectsTest {

  @Test
  void moreThanOneAuditLooksAt_areCountedAndTold() {
    Suspects suspects = new Suspects();
    for (int i = 0; i < Suspects.MOST; i++) {
      suspects.add("case/" + i, List.of(), false);
    }
    assertThat(suspects.rows()).hasSize(Suspects.MOST);
    assertThat(suspects.further()).isEmpty();
    suspects.add("case/more", List.of(), false);
    suspects.add("case/even-more", List.of(), false);
    suspects.add("case/grown", List.of(), true);
    assertThat(suspects.rows()).hasSize(Suspects.MOST);
    assertThat(suspects.further()).hasValueSatisfying(told -> assertThat(told).contains("of 2 "));
  }

  @Test
  void thoseThatGrew_areNotCounted_andGiveWayToThoseThatAreWrong() {
    Suspects suspects = new Suspects();
    for (int i = 0; i < 2 * Suspects.MOST; i++) {
      suspects.add("case/grown/" + i, List.of(), true);
    }
    assertThat(suspects.rows()).hasSize(Suspects.MOST);
    assertThat(suspects.further()).isEmpty();
    for (int i = 0; i < Suspects.MOST; i++) {
      suspects.add("case/wrong/" + i, List.of(), false);
    }
    assertThat(suspects.rows()).hasSize(Suspects.MOST);
    assertThat(suspects.rows().keySet()).allMatch(entity -> entity.contains("wrong"));
    assertThat(suspects.further()).isEmpty();
  }

  @Test
  void entitiesWithChunks_thatTheLogDoesNotKnow_areNamed_inTheirSlice() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add("case/housing/permits/" + i);
    }
    StoredEntities stored = StoredEntities.of(all::forEach, 1, 3);
    List<String> ofSlice = all.stream().filter(entity -> Slices.of(entity, 3) == 1).toList();
    assertThat(ofSlice).hasSizeGreaterThan(100);
    assertThat(stored.unknown(ofSlice)).isEmpty();
    List<String> known = ofSlice.subList(2, ofSlice.size());
    all.add("case/that/came/later");
    assertThat(stored.unknown(known)).containsExactlyInAnyOrderElementsOf(ofSlice.subList(0, 2));
  }
}
