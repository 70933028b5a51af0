package govcloud.node.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.journal.plugin.SliceJournal;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.casework.CaseQuery;
import govcloud.node.casework.CaseRow;
import govcloud.node.casework.CaseView;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.Rebuilds;
import govcloud.node.projection.Views.ViewLag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Building a view again beside itself, on the real journal and Cassandra. */
@Tag("slow")
class RebuildIT {

  private static final Actor OPERATOR = new Actor("li", Actor.OPERATOR);
  private static final int CASES = 60;
  private static final Predicate<String> NEW = row -> row.contains("'2@");

  /** A dropped generation is kept for a while for those who may still read it. */
  private static final Duration DROPPED = Duration.ofMinutes(3);

  private final LocalCassandra cassandra = LocalCassandra.shared();

  @Test
  void viewBuiltAgain_nodeDiesMeanwhile_isServedAndEqual_andTheOldOneIsDropped() {
    String keyspace = cassandra.newKeyspaceName("rebuild");
    List<CaseRow> before;
    try (OneNode node = OneNode.start(cassandra, keyspace)) {
      cases(node);
      before = list(node);
      assertThat(before).hasSize(CASES);
      assertThat(begin(node, CaseView.NAME, "r-1").begun()).isTrue();
      assertThat(begin(node, CaseView.NAME, "r-2")).isEqualTo(new Rebuilds.Begun("r-1", false));
    }
    try (OneNode node = OneNode.start(cassandra, keyspace)) {
      assertThat(list(node)).isEqualTo(before);
      await().atMost(DROPPED).until(() -> state(node, "r-1").status() == Status.SUCCEEDED);
      await().atMost(OneNode.PATIENCE).until(() -> generation(node) == 2);
      assertThat(list(node)).isEqualTo(before);
      var stored = new StoredViews(SliceJournal.get(node.system()).session(), keyspace);
      requireEqual(stored.all());
      await().atMost(DROPPED).until(() -> stored.cases().stream().allMatch(NEW));
      node.asked("case/harbour/permits/c-1", new CaseCommand.Comment("afterwards"), OPERATOR);
      // Between its lists and its row a case is left out for a moment.
      await().atMost(OneNode.PATIENCE).until(() -> list(node).size() == CASES);
    }
  }

  @Test
  void rebuildCancelled_viewStaysAsItWas() {
    try (OneNode node = OneNode.start(cassandra, cassandra.newKeyspaceName("rebuild"))) {
      cases(node);
      begin(node, CaseView.NAME, "r-1");
      var cancel = new OperationCommand.Cancel("not now");
      assertThat(node.asked("operation/r-1", cancel, OPERATOR).refused()).isEmpty();
      await().atMost(DROPPED).until(() -> begin(node, CaseView.NAME, "r-2").begun());
      assertThat(generation(node)).isEqualTo(1);
      assertThat(list(node)).hasSize(CASES);
      assertThat(node.readModels().rebuilds().possible("usage")).isFalse();
    }
  }

  private static void requireEqual(Set<String> stored) {
    Set<String> built =
        stored.stream()
            .filter(NEW)
            .map(row -> row.replace("'2@", "'"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> old =
        stored.stream()
            .filter(NEW.negate())
            .filter(row -> row.contains("harbour/permits") || row.contains("'cases'"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(built).isNotEmpty().isEqualTo(old);
  }

  private static Rebuilds.Begun begin(OneNode node, String view, String operation) {
    return OneNode.get(node.readModels().rebuilds().begin(view, operation, OPERATOR));
  }

  private static OperationState state(OneNode node, String operation) {
    return node.<OperationState>read("operation/" + operation).state();
  }

  private static int generation(OneNode node) {
    return OneNode.get(node.readModels().views().lags()).stream()
        .filter(lag -> lag.view().equals(CaseView.NAME))
        .map(ViewLag::generation)
        .findFirst()
        .orElseThrow()
        .number();
  }

  private static List<CaseRow> list(OneNode node) {
    return OneNode.get(
            node.readModels()
                .cases()
                .list(
                    "harbour",
                    CaseQuery.ofApp("permits", CaseQuery.Sort.UPDATED),
                    PageRequest.first(1000)))
        .items();
  }

  private static void cases(OneNode node) {
    for (int number = 0; number < CASES; number++) {
      String id = "case/harbour/permits/c-" + number;
      var create =
          new CaseCommand.Create(
              "harbour",
              "permits",
              "administrative-approval",
              1,
              "999999-" + number,
              "permit",
              new Applicant("Wang", "person", "", ""),
              "{}",
              Map.of(),
              Optional.empty());
      assertThat(node.asked(id, create, OPERATOR).refused()).isEmpty();
      if (number % 2 == 0) {
        var apply = new CaseCommand.TakeAction("apply", "", "", Map.of(), Optional.empty());
        assertThat(node.asked(id, apply, OPERATOR).refused()).isEmpty();
      }
    }
    await()
        .atMost(OneNode.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(OneNode.get(node.readModels().views().lags()))
                    .allSatisfy(lag -> assertThat(lag.records()).isZero()));
  }
}
