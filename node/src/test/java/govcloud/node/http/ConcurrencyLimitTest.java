package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

  private static final long GOAL = 1_000;

  private final AtomicLong nanos = new AtomicLong();
  private final ConcurrencyLimit limit = new ConcurrencyLimit(4, 100, GOAL, nanos::get);

  /** Lets in as many as there are places, and some more, and ends them all after a time. */
  private int round(long tookNanos) {
    List<ConcurrencyLimit.Place> places = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      var place = new ConcurrencyLimit.Place();
      if (place.take(limit, Optional.empty())) {
        places.add(place);
      }
    }
    nanos.addAndGet(tookNanos);
    places.forEach(ConcurrencyLimit.Place::leave);
    return places.size();
  }

  @Test
  void allPlacesTaken_next_isRefusedAndNothingGrows() {
    assertThat(round(GOAL / 2)).isEqualTo(100);
    assertThat(limit.underWay()).isZero();
    assertThat(limit.limit()).isEqualTo(100);
  }

  @Test
  void slowAnswers_limitFallsToTheLeast_andFastOnes_letItRiseAgain() {
    for (int i = 0; i < 50; i++) {
      round(GOAL * 10);
    }
    assertThat(limit.limit()).isEqualTo(4);
    assertThat(round(GOAL * 10)).isEqualTo(4);
    for (int i = 0; i < 1_000; i++) {
      round(GOAL / 2);
    }
    assertThat(limit.limit()).isEqualTo(100);
  }

  @Test
  void oneTenantWantsAll_anotherStillFindsAPlace_andEachTenantItsShare() {
    var busy = takeAll("busy");
    assertThat(busy).hasSize(50);
    var calm = takeAll("calm");
    assertThat(calm).hasSize(33);
    busy.forEach(ConcurrencyLimit.Place::leave);
    calm.forEach(ConcurrencyLimit.Place::leave);
    assertThat(limit.underWay()).isZero();
    assertThat(takeAll("busy")).hasSize(50);
  }

  private List<ConcurrencyLimit.Place> takeAll(String tenant) {
    List<ConcurrencyLimit.Place> places = new ArrayList<>();
    var place = new ConcurrencyLimit.Place();
    while (place.take(limit, Optional.of(tenant))) {
      places.add(place);
      place = new ConcurrencyLimit.Place();
    }
    return places;
  }

  @Test
  void placeGivenUpTwice_countsOnce() {
    var place = new ConcurrencyLimit.Place();
    assertThat(place.take(limit, Optional.empty())).isTrue();
    place.leave();
    place.leave();
    assertThat(limit.underWay()).isZero();
  }
}
