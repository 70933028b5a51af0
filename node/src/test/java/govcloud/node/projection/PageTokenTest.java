package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTokenTest {

  @Test
  void token_ofTheSameList_comesBack() {
    PageToken token = new PageToken("000001772452800000", "case/harbour/permits/c-1");
    assertThat(PageToken.decode(token.encode("all"), "all")).isEqualTo(token);
  }

  @Test
  void token_ofAnotherListOrDamaged_isRefused() {
    String token = new PageToken("a", "b").encode("all");
    for (String wrong : List.of(token.substring(1), "", "!", "AAAA", "A" + token)) {
      assertThatThrownBy(() -> PageToken.decode(wrong, "all"))
          .isInstanceOf(PageTokenInvalid.class)
          .hasMessageContaining("expected: the next_page_token of the same list");
    }
    assertThatThrownBy(() -> PageToken.decode(token, "status=open"))
        .isInstanceOf(PageTokenInvalid.class);
  }

  @Test
  void pageSize_outOfBounds_isRefused() {
    assertThatThrownBy(() -> PageRequest.first(0)).hasMessage("page_size: 0 (expected: 1 to 1000)");
    assertThatThrownBy(() -> PageRequest.first(1001)).hasMessageContaining("1001");
  }

  @Test
  void sortKeys_sortLikeTheirTimes() {
    Instant early = Instant.parse("2026-01-01T00:00:00Z");
    Instant late = early.plusSeconds(1);
    assertThat(SortKey.ascending(early)).isLessThan(SortKey.ascending(late));
    assertThat(SortKey.ascending(late)).isLessThan(SortKey.ascending(null));
    assertThat(SortKey.descending(late)).isLessThan(SortKey.descending(early));
  }

  @Test
  void consistencyToken_otherFormOrSlice_isRefused() {
    assertThat(ConsistencyToken.parse("3-1048576", 16)).isEqualTo(new ConsistencyToken(3, 1048576));
    assertThat(ConsistencyToken.parse("3--1", 16).position()).isEqualTo(-1);
    for (String wrong : List.of("16-1", "3", "3-", "x-1", "3-1-1", "")) {
      assertThatThrownBy(() -> ConsistencyToken.parse(wrong, 16))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: <slice below 16>-<position>");
    }
  }
}
