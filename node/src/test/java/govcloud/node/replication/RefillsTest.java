package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How often it is looked up whether a refilling runs. */
class RefillsTest {
  private final Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private int looked;
  private long missing;
  private long nanos;

  private final Refills refills =
      new Refills(
          "harbour",
          null,
          () -> {
            looked++;
            throw new IllegalStateException("looked up");
          },
          this::status,
          message -> {},
          () -> CompletableFuture.completedStage(true),
          Clock.systemUTC(),
          () -> nanos);

  private ReplicationStatus status() {
    SliceTrouble trouble = missing > 0 ? SliceTrouble.LOST : SliceTrouble.NONE;
    SliceState slice =
        new SliceState(0, 5, 50, 4, 40, 0, 0, 0, 1, trouble, "", missing, "", now.toEpochMilli());
    return ReplicationStatus.of(
        ReplicationSettings.from(
            ConfigFactory.parseString(
                    """
                    govcloud.replication { keys-folder = k, archive-folder = a, received-folder = r
                      sibling = mountain, sibling-addresses = ["127.0.0.1:1"] }""")
                .withFallback(ReferenceKeys.reference())
                .resolve()),
        List.of(slice),
        AttachmentState.UNKNOWN,
        SegmentLoss.Both.UNKNOWN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now);
  }

  private void look() {
    assertThatThrownBy(refills::step).hasMessage("looked up");
  }

  @Test
  void nothingMissing_isLookedUpAtTheStart_andSeldomAfterwards() throws Exception {
    look();
    for (int step = 0; step < 20; step++) {
      assertThat(refills.step()).isFalse();
    }
    nanos += Refills.SELDOM.toNanos();
    look();
    assertThat(refills.step()).isFalse();
    assertThat(looked).isEqualTo(2);
  }

  @Test
  void somethingMissing_isLookedUpEachTime() {
    missing = 3;
    look();
    look();
    assertThat(looked).isEqualTo(2);
  }
}
