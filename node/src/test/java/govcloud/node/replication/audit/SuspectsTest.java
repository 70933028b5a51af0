package govcloud.node.replication.audit;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.Slices;
import govcloud.node.replication.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
  void entitiesWithChunks_thatTheLogDoesNotKnow_areNamed_inTheirSlice() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add("case/housing/permits/" + i);
    }
    AtomicInteger scans = new AtomicInteger();
    StoredEntities stored =
        StoredEntities.of(
            () -> {
              scans.incrementAndGet();
              return all;
            },
            3,
            new Pace(1 << 30));
    List<String> ofSlice = slice(all, 1);
    assertThat(ofSlice).hasSizeGreaterThan(100);
    assertThat(stored.unknown(1, ofSlice)).isEmpty();
    assertThat(stored.unknown(0, slice(all, 0))).isEmpty();
    assertThat(scans).as("one for all slices").hasValue(1);
    List<String> known = ofSlice.subList(2, ofSlice.size());
    all.add("case/that/came/later");
    assertThat(stored.unknown(1, known)).containsExactlyInAnyOrderElementsOf(ofSlice.subList(0, 2));
  }

  private static List<String> slice(List<String> all, int slice) {
    return all.stream().filter(entity -> Slices.of(entity, 3) == slice).toList();
  }
}
