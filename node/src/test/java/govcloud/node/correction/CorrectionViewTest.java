package govcloud.node.correction;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.contract.CorrectionFixture;
import govcloud.domain.correction.CorrectionEvent;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CorrectionViewTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Instant DUE = NOON.plusSeconds(100_000);

  private final CorrectionView view = new CorrectionView();
  private CorrectionRow row;

  private List<String> after(CorrectionEvent event) {
    var commit = new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
    var version = row == null ? 1 : row.version() + 1;
    var id = CorrectionView.id(CorrectionFixture.MATTER);
    row = view.after(Optional.ofNullable(row), id, version, commit);
    return view.entries(row, 0).stream().map(View.Entry::list).toList();
  }

  @Test
  void correction_ofACitizen_isListedByItsLimitUntilSomebodyWasToldOrAnswered() {
    assertThat(after(new CorrectionEvent.Asked(CorrectionFixture.MATTER, "0", "why", DUE, NOON)))
        .containsExactly("all", "provider=police", "subject=0123", "limits");
    assertThat(view.entries(row, 0))
        .contains(
            new View.Entry("limits", SortKey.ascending(DUE)),
            new View.Entry("subject=0123", SortKey.descending(NOON)));
    assertThat(after(new CorrectionEvent.Escalated(DUE, DUE)))
        .containsExactly("all", "provider=police", "subject=0123", "silent");
    assertThat(after(new CorrectionEvent.Accepted("correction-1", "done", "sun", DUE)))
        .containsExactly("all", "provider=police", "subject=0123");
    assertThat(view.countedAs(row)).containsExactly("accepted");
  }
}
