package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.tenant.DisasterClass;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How urgent a slice is, by what of it has no receipt. */
class SliceRankTest {
  private final Map<String, DisasterClass> classes = new HashMap<>();
  private int asked;
  private long nanos;
  private final RecordRanks ranks =
      new RecordRanks(
          (tenant, app) -> {
            asked++;
            DisasterClass found = classes.get(tenant + "/" + app);
            return found == null
                ? CompletableFuture.failedFuture(new IllegalStateException("not there"))
                : CompletableFuture.completedFuture(found);
          },
          () -> nanos);

  @Test
  void slice_isAsUrgentAsItsMostUrgentRowWithoutReceipt() {
    SliceRank slice = new SliceRank();
    assertThat(slice.behind(0)).isEqualTo(ShippingRank.DAILY);
    slice.raise(ShippingRank.CONTINUOUS, 4);
    slice.raise(ShippingRank.ZERO_LOSS, 2);
    slice.raise(ShippingRank.DAILY, 9);
    assertThat(slice.behind(0)).isEqualTo(ShippingRank.ZERO_LOSS);
    assertThat(slice.behind(2)).isEqualTo(ShippingRank.ZERO_LOSS);
    assertThat(slice.behind(3)).isEqualTo(ShippingRank.CONTINUOUS);
    assertThat(slice.behind(5)).isEqualTo(ShippingRank.DAILY);
    slice.raise(ShippingRank.WAITED_FOR, 7);
    assertThat(slice.behind(7)).isEqualTo(ShippingRank.WAITED_FOR);
    assertThat(slice.behind(8)).isEqualTo(ShippingRank.DAILY);
  }

  @Test
  void record_isAsUrgentAsItsAppOrDepartment_andNeverAskedForTwiceAtOnce() {
    classes.put("harbour/permits", DisasterClass.ZERO_LOSS);
    classes.put("harbour/", DisasterClass.DAILY);
    assertThat(ranks.apply("case/harbour/permits/c-17")).isEqualTo(ShippingRank.ZERO_LOSS);
    assertThat(ranks.apply("app/harbour/permits")).isEqualTo(ShippingRank.ZERO_LOSS);
    assertThat(ranks.apply("tenant/harbour")).isEqualTo(ShippingRank.DAILY);
    assertThat(asked).isEqualTo(2);
    classes.put("harbour/permits", DisasterClass.CONTINUOUS);
    nanos += 31_000_000_000L;
    assertThat(ranks.apply("case/harbour/permits/c-18")).isEqualTo(ShippingRank.CONTINUOUS);
  }

  @Test
  void recordOfNobodyKnown_isUsual_andWhatBelongsToNoDepartmentIsNotAskedFor() {
    assertThat(ranks.apply("case/nobody/permits/c-1")).isEqualTo(ShippingRank.CONTINUOUS);
    asked = 0;
    assertThat(ranks.apply("account/li")).isEqualTo(ShippingRank.CONTINUOUS);
    assertThat(ranks.apply("odd")).isEqualTo(ShippingRank.CONTINUOUS);
    assertThat(asked).isZero();
  }
}
