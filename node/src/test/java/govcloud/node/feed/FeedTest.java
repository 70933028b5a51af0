package govcloud.node.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.operation.OperationEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {

  @Test
  void cursor_comesBack_andIsShort() {
    FeedCursor cursor =
        FeedCursor.beginning(16).with(3, (123_456L << 20) + 17).with(15, 0).with(4, 1L << 62);
    String text = cursor.encode();
    assertThat(text.length()).isLessThan(90);
    FeedCursor back = FeedCursor.decode(text, 16);
    for (int slice = 0; slice < 16; slice++) {
      assertThat(back.position(slice)).isEqualTo(cursor.position(slice));
    }
  }

  @Test
  void cursor_damagedOrOfAnotherCloud_isRefused() {
    String text = FeedCursor.beginning(16).with(2, 77).encode();
    String damaged = (text.charAt(5) == 'A' ? 'B' : 'A') + text.substring(1);
    for (String wrong : List.of("", "x", damaged, text.substring(0, text.length() - 2))) {
      assertThatThrownBy(() -> FeedCursor.decode(wrong, 16))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: an id of this feed");
    }
    assertThatThrownBy(() -> FeedCursor.decode(text, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FeedCursor.decode(text, 8))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void event_hasAStableTypeAndSnakeCaseData() {
    var event =
        new OperationEvent.ApprovalAwaited(
            Instant.parse("2026-03-02T12:00:00Z"), Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(EventJson.type("operation/1", event))
        .isEqualTo("govcloud.operation.approval-awaited.v1");
    assertThat(EventJson.data(event))
        .isEqualTo("{\"deadline\":\"2026-03-02T12:00:00Z\",\"at\":\"2026-03-01T12:00:00Z\"}");
  }

  @Test
  void filter_takesATypeOrAllBelowIt() {
    FeedFilter filter = new FeedFilter(Optional.of("harbour"), Optional.of("govcloud.case"));
    assertThat(filter.admitsType("govcloud.case.created.v1")).isTrue();
    assertThat(filter.admitsType("govcloud.cases.created.v1")).isFalse();
    assertThat(filter.admitsTenant("harbour")).isTrue();
    assertThat(filter.admitsTenant("")).isFalse();
    assertThat(FeedFilter.ALL.admitsTenant("any") && FeedFilter.ALL.admitsType("any")).isTrue();
  }
}
