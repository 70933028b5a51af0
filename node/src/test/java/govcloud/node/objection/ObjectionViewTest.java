package govcloud.node.objection;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.contract.ObjectionFixture;
import govcloud.domain.objection.ObjectionEvent;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObjectionViewTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Instant DUE = NOON.plusSeconds(100_000);
  private static final String ID = ObjectionView.id("police", ObjectionFixture.MATTER.exchange());

  private final ObjectionView view = new ObjectionView();
  private ObjectionRow row;

  private List<String> after(ObjectionEvent event) {
    var commit = new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
    var version = row == null ? 1 : row.version() + 1;
    row = view.after(Optional.ofNullable(row), ID, version, commit);
    return view.entries(row, 0).stream().map(View.Entry::list).toList();
  }

  @Test
  void objection_raised_isListedByItsLimitUntilSomebodyWasToldOrAnswered() {
    assertThat(after(new ObjectionEvent.Raised(ObjectionFixture.MATTER, "why", DUE, NOON)))
        .containsExactly("all", "provider=police", "limits");
    assertThat(view.entries(row, 0)).contains(new View.Entry("limits", SortKey.ascending(DUE)));
    assertThat(after(new ObjectionEvent.Escalated(DUE, DUE)))
        .containsExactly("all", "provider=police", "silent");
    assertThat(after(new ObjectionEvent.Answered(false, "needed", "sun", DUE)))
        .containsExactly("all", "provider=police");
    assertThat(view.countedAs(row)).containsExactly("rejected");
    assertThat(row.exchange()).isEqualTo(ObjectionFixture.MATTER.exchange());
    assertThat(row.version()).isEqualTo(3);
  }
}
