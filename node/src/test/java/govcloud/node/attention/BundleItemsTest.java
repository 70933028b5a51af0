package govcloud.node.attention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import govcloud.node.exchange.crossing.BundleState;
import govcloud.node.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleItemsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T08:30:00Z");

  /** As it is kept and read again. */
  private static BundleState state(long missing, int refused, boolean late)
      throws JsonProcessingException {
    var state =
        new BundleState(
            "harbour",
            1,
            2,
            Optional.of(NOW.minusSeconds(60)),
            3,
            4,
            missing,
            Optional.of(NOW).filter(since -> missing > 0),
            Optional.empty(),
            refused,
            late,
            NOW);
    var kept = Json.mapper().valueToTree(state).toString();
    assertThat(Json.mapper().readValue(kept, BundleState.class)).isEqualTo(state);
    return state;
  }

  @Test
  void filesThatMove_areNoItem() throws JsonProcessingException {
    assertThat(BundleItems.of(List.of(state(0, 0, false), state(7, 0, false)))).isEmpty();
  }

  @Test
  void whatWasRefused_andWhatIsLate_areItemsOfTheirCloud() throws JsonProcessingException {
    var items = BundleItems.of(List.of(state(0, 2, true), state(7, 0, true)));
    assertThat(items)
        .extracting(AttentionItem::code)
        .containsExactly(
            "EXCHANGE_BUNDLES_REFUSED", "EXCHANGE_BUNDLES_LATE", "EXCHANGE_BUNDLES_LATE");
    assertThat(items).extracting(AttentionItem::subject).containsOnly("harbour");
    assertThat(items.get(0).detail().en()).isEqualTo("2 files were not taken in");
    assertThat(items.get(1).detail().en()).isEqualTo("2 bundles were not acknowledged");
    assertThat(items.get(1).since()).contains(NOW.minusSeconds(60));
    assertThat(items.get(2).detail().en()).isEqualTo("bundle 7 has not come");
    assertThat(items.get(2).since()).contains(NOW);
  }
}
