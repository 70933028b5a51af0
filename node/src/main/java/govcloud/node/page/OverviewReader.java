package govcloud.node.page;

import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.LocalText;
import govcloud.node.app.AppRow;
import govcloud.node.attention.AttentionItem;
import govcloud.node.casework.CaseRow;
import govcloud.node.casework.CaseTable;
import govcloud.node.cluster.ClusterView;
import govcloud.node.page.Overview.AppCases;
import govcloud.node.page.Overview.StateCases;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.Views.ViewLag;
import govcloud.node.readmodel.ReadModels;
import govcloud.node.replication.ReplicationWatch;
import govcloud.node.tenant.TenantRow;
import govcloud.node.tenant.TenantTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** Asks for everything that the first page shows; many readers within a second share an answer. */
final class OverviewReader {

  private static final Duration AGE = Duration.ofMillis(900);
  private static final int TENANTS = 24;
  private static final int LATE = 8;

  private final String cloud;
  private final ClusterView cluster;
  private final ReplicationWatch replication;
  private final ReadModels models;
  private final Catalogue catalogue;
  private final Clock clock;
  private Shared shared;

  private record Shared(Instant at, CompletionStage<Overview> overview) {}

  OverviewReader(
      String cloud,
      ClusterView cluster,
      ReplicationWatch replication,
      ReadModels models,
      Catalogue catalogue,
      Clock clock) {
    this.cloud = cloud;
    this.cluster = cluster;
    this.replication = replication;
    this.models = models;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** The cloud as of now or of less than a second ago; fails when Cassandra does not answer. */
  synchronized CompletionStage<Overview> read() {
    var now = clock.instant();
    if (shared == null || shared.at().plus(AGE).isBefore(now)) {
      shared = new Shared(now, ask(now));
    }
    return shared.overview();
  }

  private record Machines(
      ClusterView.ClusterState state, List<ViewLag> lags, List<AttentionItem> attention) {}

  private record Departments(Page<TenantRow> page, Map<String, Long> counts, Page<AppRow> apps) {}

  private record Work(
      Map<String, Map<String, Map<String, Long>>> counts,
      CaseTable.Late late,
      List<CaseRow> rows) {}

  private CompletionStage<Overview> ask(Instant now) {
    var machines =
        cluster
            .state()
            .thenCombine(
                models.views().lags().thenCombine(models.attention().items(), Rest::new),
                (state, rest) -> new Machines(state, rest.lags(), rest.items()));
    var departments =
        models
            .tenants()
            .list(Optional.empty(), TenantTable.Sort.TENANT, PageRequest.first(TENANTS))
            .thenCombine(models.tenants().counts(), Listed::new)
            .thenCombine(
                models
                    .apps()
                    .list(
                        Optional.empty(),
                        Optional.empty(),
                        PageRequest.first(PageRequest.MAXIMUM_SIZE)),
                (listed, apps) -> new Departments(listed.page(), listed.counts(), apps));
    var work =
        models
            .cases()
            .counts()
            .thenCombine(
                models.cases().late(now).thenCombine(models.cases().latest(now, LATE), Late::new),
                (counts, late) -> new Work(counts, late.numbers(), late.rows()));
    return machines.thenCombine(
        departments.thenCombine(work, Everything::new),
        (known, rest) -> overview(now, known, rest.departments(), rest.work()));
  }

  private record Rest(List<ViewLag> lags, List<AttentionItem> items) {}

  private record Listed(Page<TenantRow> page, Map<String, Long> counts) {}

  private record Late(CaseTable.Late numbers, List<CaseRow> rows) {}

  private record Everything(Departments departments, Work work) {}

  private Overview overview(Instant now, Machines machines, Departments departments, Work work) {
    Map<String, Long> open = new TreeMap<>();
    Map<String, Map<String, Long>> byDefinition = new TreeMap<>();
    for (var app : departments.apps().items()) {
      var states =
          work.counts().getOrDefault(app.tenant(), Map.of()).getOrDefault(app.app(), Map.of());
      var sums = byDefinition.computeIfAbsent(app.definition(), name -> new TreeMap<>());
      states.forEach(
          (state, cases) -> {
            sums.merge(state, cases, Long::sum);
            if (!isFinal(app.definition(), state)) {
              open.merge(app.tenant(), cases, Long::sum);
            }
          });
    }
    return new Overview(
        now,
        cloud,
        cluster.self(),
        new Overview.Replication(
            replication.status(), replication.recentAges(), replication.lastGoodDrill()),
        machines.state(),
        machines.lags(),
        machines.attention(),
        departments.page().items(),
        departments.counts(),
        open,
        apps(byDefinition),
        work.late().yellow(),
        work.late().red(),
        work.rows());
  }

  private boolean isFinal(String definition, String state) {
    return state(definition, state).map(AppDefinition.State::isFinal).orElse(false);
  }

  private Optional<AppDefinition.State> state(String definition, String state) {
    return catalogue.newest(definition).map(found -> found.states().get(state));
  }

  private List<AppCases> apps(Map<String, Map<String, Long>> byDefinition) {
    var apps = new ArrayList<AppCases>();
    byDefinition.forEach(
        (definition, states) -> {
          var title =
              catalogue
                  .newest(definition)
                  .map(AppDefinition::title)
                  .orElse(new LocalText(definition, definition));
          apps.add(
              new AppCases(
                  title,
                  states.entrySet().stream()
                      .filter(entry -> entry.getValue() > 0)
                      .map(entry -> cases(definition, entry.getKey(), entry.getValue()))
                      .toList()));
        });
    return apps;
  }

  private StateCases cases(String definition, String state, long number) {
    return state(definition, state)
        .map(found -> new StateCases(found.title(), found.isFinal(), number))
        .orElse(new StateCases(new LocalText(state, state), false, number));
  }
}
