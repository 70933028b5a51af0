package govcloud.node.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementState.Status;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Onward;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreementViewTest {

  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");
  private static final Instant DUE = NOON.plusSeconds(100_000);
  private static final Instant END = NOON.plusSeconds(1_000_000);
  private static final AgreementTerms TERMS =
      new AgreementTerms(
          "police",
          "violations",
          1,
          "transport",
          new LocalText("年审", "inspection"),
          List.of(),
          "law",
          List.of(new AgreementTerms.Field("plate", Masking.PLAIN)),
          Optional.empty(),
          Optional.empty(),
          1,
          NOON,
          END,
          1,
          Onward.FORBIDDEN,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final AgreementTerms EMERGENCY = TERMS.inEmergency(7);

  private final AgreementView view = new AgreementView();
  private AgreementRow row;

  private void after(AgreementEvent... events) {
    var commit = new Commit<>(NOON, Actor.platform(), "", "", List.of(events));
    var version = row == null ? 1 : row.version() + 1;
    row = view.after(Optional.ofNullable(row), "agreement/transport/a-1", version, commit);
  }

  private List<String> lists() {
    return view.entries(row, 0).stream().map(View.Entry::list).toList();
  }

  @Test
  void application_onItsWay_isInTheListsOfBothPartiesAndByItsLimit() {
    after(new AgreementEvent.Applied(TERMS, TERMS.address(), DUE, NOON));
    assertThat(lists())
        .containsExactly("all", "status=submitted", "party=transport", "party=police", "limits");
    assertThat(view.entries(row, 0)).contains(new View.Entry("limits", SortKey.ascending(DUE)));
    after(new AgreementEvent.Escalated(DUE, DUE));
    assertThat(lists()).contains("silent").doesNotContain("limits");
    assertThat(row.version()).isEqualTo(2);
  }

  @Test
  void agreement_inForce_isListedByItsEndUntilItIsRevoked() {
    after(
        new AgreementEvent.Granted(TERMS, TERMS.address(), DUE, NOON),
        new AgreementEvent.Signed("transport", "li", TERMS.address(), NOON),
        new AgreementEvent.TookEffect(NOON));
    assertThat(lists())
        .containsExactly("all", "status=effective", "party=transport", "party=police", "ends");
    after(new AgreementEvent.Revoked("police", "over", NOON));
    assertThat(lists()).containsExactly("all", "status=revoked", "party=transport", "party=police");
    assertThat(view.countedAs(row)).containsExactly("revoked");
    assertThat(row.state().status()).isEqualTo(Status.REVOKED);
  }

  @Test
  void emergency_isListedWhileActive_andUntilItIsReviewed() {
    after(
        new AgreementEvent.Applied(EMERGENCY, EMERGENCY.address(), DUE, NOON),
        new AgreementEvent.TookEffect(NOON),
        new AgreementEvent.ActivationRequested(1, "li", "flood", "2026-7", NOON));
    assertThat(lists()).doesNotContain(AgreementView.ACTIVE, AgreementView.REVIEWS);
    after(new AgreementEvent.Activated("he", DUE, NOON));
    assertThat(lists()).contains(AgreementView.ACTIVE);
    after(new AgreementEvent.ActivationEnded("", "", DUE, NOON));
    assertThat(lists()).contains(AgreementView.REVIEWS).doesNotContain(AgreementView.ACTIVE);
    after(new AgreementEvent.ActivationReviewed("he", "nothing odd", NOON));
    assertThat(lists()).doesNotContain(AgreementView.ACTIVE, AgreementView.REVIEWS);
  }
}
