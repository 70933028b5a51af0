package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.LocalText;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueLoadTest {

  private static final AppCatalogue CATALOGUE =
      ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET);

  static List<AppDefinition> apps() {
    return CATALOGUE.all();
  }

  @Test
  void shippedFolder_loads_itsApps() {
    assertThat(apps().stream().map(AppDefinition::name).distinct())
        .containsExactly(
            "administrative-approval",
            "data-register",
            "document-flow",
            "environmental-permit-receipt");
    assertThat(CATALOGUE.newest("document-flow").orElseThrow().version()).isEqualTo(2);
    assertThat(CATALOGUE.find("document-flow", 3)).isEmpty();
    assertThat(CATALOGUE.newest("nothing")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("apps")
  void everyApp_texts_areChineseAndEnglish(AppDefinition app) {
    assertThat(texts(app))
        .allSatisfy(
            text -> {
              assertThat(text.zh()).matches(".*\\p{IsHan}.*");
              assertThat(text.en()).matches("[ -~]+");
            });
  }

  @ParameterizedTest
  @MethodSource("apps")
  void everyApp_everyState_isReachable(AppDefinition app) {
    Set<String> reached = new HashSet<>();
    var frontier = new ArrayDeque<>(List.of(app.startState()));
    while (!frontier.isEmpty()) {
      var state = frontier.poll();
      if (reached.add(state)) {
        app.actions().values().stream()
            .filter(action -> action.isPossibleIn(app.states().get(state)))
            .map(action -> action.stateAfter(state))
            .forEach(frontier::add);
      }
    }
    assertThat(reached).isEqualTo(app.states().keySet());
  }

  @ParameterizedTest
  @MethodSource("apps")
  void everyApp_everyRole_canDoSomething(AppDefinition app) {
    for (var role : app.roles().keySet()) {
      assertThat(app.actions().values()).anyMatch(action -> action.roles().contains(role));
    }
  }

  @Test
  void administrativeApproval_clocks_areStatutoryAndPromised() {
    var app = CATALOGUE.newest("administrative-approval").orElseThrow();
    assertThat(app.clocks())
        .extracting(AppDefinition.Clock::name, AppDefinition.Clock::kind)
        .contains(
            org.assertj.core.groups.Tuple.tuple("statutory", AppDefinition.Clock.Kind.STATUTORY),
            org.assertj.core.groups.Tuple.tuple("promised", AppDefinition.Clock.Kind.PROMISED));
    assertThat(app.actions().get("extend").extendsClocks())
        .contains(new AppDefinition.ClockExtension("statutory", "days", 10));
    assertThat(app.actions().get("begin-special-procedure").stopsClocks())
        .containsExactly("statutory", "promised");
  }

  @Test
  void receipt_activityNames_leadToActions() {
    var app = CATALOGUE.newest("environmental-permit-receipt").orElseThrow();
    assertThat(app.actions()).hasSize(27);
    assertThat(app.actionFor("T02 Check confirmation of receipt").orElseThrow().name())
        .isEqualTo("check-confirmation");
    assertThat(app.actionFor("t02")).isEmpty();
  }

  private static List<LocalText> texts(AppDefinition app) {
    return Stream.of(
            Stream.of(app.title(), app.summary()),
            app.states().values().stream().map(AppDefinition.State::title),
            app.roles().values().stream().map(AppDefinition.Role::title),
            app.clocks().stream().map(AppDefinition.Clock::title),
            app.creation().guards().stream().map(AppDefinition.GuardRule::message),
            app.actions().values().stream().map(AppDefinition.Action::title),
            app.actions().values().stream()
                .flatMap(action -> action.produces().stream())
                .map(AppDefinition.Document::title),
            app.actions().values().stream()
                .flatMap(action -> action.guards().stream())
                .map(AppDefinition.GuardRule::message))
        .flatMap(all -> all)
        .toList();
  }
}
