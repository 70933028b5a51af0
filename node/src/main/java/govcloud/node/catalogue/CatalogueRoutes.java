package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.LocalText;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of the catalogue over HTTP. */
public final class CatalogueRoutes {

  private final Catalogue catalogue;

  public CatalogueRoutes(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Adds the operations of the catalogue. */
  public void register(Routes routes) {
    routes.on("listCatalogue", this::list).on("getDefinition", this::get);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var items = catalogue.all().stream().map(this::summary).toList();
    return CompletableFuture.completedStage(Replies.ok(Map.of("items", items)));
  }

  private Map<String, Object> summary(AppDefinition definition) {
    var newest = catalogue.newest(definition.name()).map(AppDefinition::version).orElse(0);
    return new Fields()
        .with("definition", definition.name())
        .with("version", definition.version())
        .with("title", definition.title())
        .with("summary", definition.summary())
        .with("newest", newest == definition.version())
        .map();
  }

  private CompletionStage<HttpResponse> get(Call call) {
    var name = call.path("definition");
    var version = Integer.parseInt(call.path("version"));
    var definition =
        catalogue
            .find(name, version)
            .orElseThrow(
                () ->
                    Problem.of(
                            BorderCode.NOT_FOUND,
                            name + " " + version + ": none (expected: an app of the catalogue)")
                        .asException());
    return CompletableFuture.completedStage(Replies.ok(whole(definition)));
  }

  static Map<String, Object> whole(AppDefinition definition) {
    return new Fields()
        .with("definition", definition.name())
        .with("version", definition.version())
        .with("title", definition.title())
        .with("summary", definition.summary())
        .with("start_state", definition.startState())
        .with("states", sorted(definition.states()).map(CatalogueRoutes::state).toList())
        .with("actions", sorted(definition.actions()).map(CatalogueRoutes::action).toList())
        .with("clocks", definition.clocks().stream().map(CatalogueRoutes::clock).toList())
        .with(
            "roles",
            sorted(definition.roles()).map(role -> named(role.name(), role.title())).toList())
        .with("creation_roles", definition.creation().roles())
        .with("numbering", definition.numbering().pattern())
        .with("form", schema(definition.formSchema()))
        .with("migrations", migrations(definition))
        .map();
  }

  private static <T> java.util.stream.Stream<T> sorted(Map<String, T> byName) {
    return byName.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry<String, T>::getKey))
        .map(Map.Entry::getValue);
  }

  private static Map<String, Object> state(AppDefinition.State state) {
    return new Fields()
        .with("state", state.name())
        .with("title", state.title())
        .with("final", state.isFinal())
        .map();
  }

  private static Map<String, Object> action(AppDefinition.Action action) {
    return new Fields()
        .with("action", action.name())
        .with("title", action.title())
        .with("from", action.from())
        .maybe("to", action.to())
        .maybe("moves", action.moves().isEmpty() ? null : action.moves())
        .maybe("ends", action.endsClocks().isEmpty() ? null : action.endsClocks())
        .maybe("extends", action.extendsClocks().isEmpty() ? null : extensions(action))
        .with("roles", action.roles())
        .maybe("activity", action.activity())
        .maybe("form", action.formSchema().map(CatalogueRoutes::schema))
        .with("documents", action.produces().stream().map(d -> named(d.name(), d.title())).toList())
        .with("guards", action.guards().stream().map(CatalogueRoutes::guard).toList())
        .map();
  }

  private static List<Map<String, Object>> extensions(AppDefinition.Action action) {
    return action.extendsClocks().stream()
        .map(
            extension ->
                new Fields()
                    .with("clock", extension.clock())
                    .with("days_field", extension.daysField())
                    .with("maximum_days", extension.maximumDays())
                    .map())
        .toList();
  }

  private static Map<String, Object> guard(AppDefinition.GuardRule rule) {
    return new Fields()
        .with("expression", rule.guard().expression())
        .with("message", rule.message())
        .map();
  }

  private static Map<String, Object> clock(AppDefinition.Clock clock) {
    return new Fields()
        .with("clock", clock.name())
        .with("title", clock.title())
        .with("kind", clock.kind().name().toLowerCase(Locale.ROOT))
        .with("working_days", clock.workingDays())
        .with("starts_at_creation", clock.startsAtCreation())
        .with("warn_percent", clock.warnPercent())
        .map();
  }

  private static Map<String, Object> named(String name, LocalText title) {
    return new Fields().with("name", name).with("title", title).map();
  }

  private static List<Map<String, Object>> migrations(AppDefinition definition) {
    return definition.migrations().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                new Fields()
                    .with("from_version", entry.getKey())
                    .with("states", entry.getValue())
                    .map())
        .toList();
  }

  private static JsonNode schema(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema of the catalogue is no JSON", e);
    }
  }
}
