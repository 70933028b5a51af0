package govcloud.node.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.operation.OperationState;
import govcloud.journal.plugin.SliceJournal;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.casework.CaseView;
import govcloud.node.metering.UsageWriter;
import govcloud.node.projection.Views.ViewLag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A record that a view cannot take in, on the real journal and Cassandra. */
@Tag("slow")
class ParkedStreamIT {

  private static final Actor OPERATOR = new Actor("li", Actor.OPERATOR);
  private static final int CASES = 40;
  private static final String POISONED = "case/harbour/permits/c-7";

  private final LocalCassandra cassandra = LocalCassandra.shared();

  @Test
  void poisonRecord_parksItsEntityAlone_andIsReplayedAfterTheFix_asIfItHadNeverFailed() {
    String keyspace = cassandra.newKeyspaceName("parked");
    var codec = new BrokenCaseCodec();
    Set<String> replayed;
    try (OneNode node = OneNode.start(cassandra, keyspace, codec)) {
      poison(node);
      requireParked(node);
      codec.mend();
      assertThat(replay(node, CaseView.NAME, "first")).containsExactly("SUCCEEDED");
      assertThat(replay(node, UsageWriter.NAME, "first")).containsExactly("SUCCEEDED");
      assertThat(lag(node, CaseView.NAME).parked()).isEmpty();
      assertThat(lag(node, UsageWriter.NAME).parked()).isEmpty();
      assertThat(replay(node, CaseView.NAME, "again")).isEmpty();
      comment(node, POISONED, "after the replay");
      settled(node);
      replayed = new StoredViews(session(node), keyspace).all();
    }
    try (OneNode node = OneNode.start(cassandra, keyspace, codec)) {
      new StoredViews(session(node), keyspace).forget();
    }
    try (OneNode node = OneNode.start(cassandra, keyspace, codec)) {
      var fresh = new StoredViews(session(node), keyspace);
      await()
          .atMost(OneNode.PATIENCE)
          .untilAsserted(() -> assertThat(fresh.all()).isEqualTo(replayed));
    }
  }

  private static void poison(OneNode node) {
    for (int number = 0; number < CASES; number++) {
      comment(node, "case/harbour/permits/c-" + number, null);
    }
    comment(node, POISONED, BrokenCaseCodec.POISON);
    comment(node, POISONED, "behind the poison");
    for (int number = 0; number < CASES; number++) {
      comment(node, "case/harbour/permits/c-" + number, "late");
    }
    settled(node);
  }

  private static void requireParked(OneNode node) {
    for (String view : List.of(CaseView.NAME, UsageWriter.NAME)) {
      ViewLag lag = lag(node, view);
      assertThat(lag.failing()).isEmpty();
      assertThat(lag.records()).isZero();
      assertThat(lag.waiting()).isEqualTo(3);
      assertThat(lag.parked())
          .singleElement()
          .satisfies(
              stream -> {
                assertThat(stream.entity()).isEqualTo(POISONED);
                assertThat(stream.sequence()).isEqualTo(2);
                assertThat(stream.reason()).contains("no way to read a poison");
              });
    }
    assertThat(lag(node, "tenants").parked()).isEmpty();
    assertThat(OneNode.get(node.readModels().attention().items()))
        .extracting(item -> item.code() + " " + item.subject())
        .contains("VIEW_STREAM_PARKED cases", "VIEW_STREAM_PARKED usage");
    assertThat(replay(node, CaseView.NAME, "too early")).containsExactly("FAILED");
    assertThat(lag(node, CaseView.NAME).waiting()).isEqualTo(3);
    assertThat(OneNode.get(node.readModels().cases().counts("harbour")).get("permits"))
        .containsEntry("draft", (long) CASES);
  }

  /** How the operations of a replay have ended. */
  private static List<String> replay(OneNode node, String view, String key) {
    List<String> operations =
        OneNode.get(node.readModels().parking().replay(view, Optional.empty(), OPERATOR, key));
    return operations.stream()
        .map(
            operation -> {
              await().atMost(OneNode.PATIENCE).until(() -> !state(node, operation).open());
              return state(node, operation).status().name();
            })
        .toList();
  }

  private static OperationState state(OneNode node, String operation) {
    return node.<OperationState>read("operation/" + operation).state();
  }

  private static ViewLag lag(OneNode node, String view) {
    return OneNode.get(node.readModels().views().lags()).stream()
        .filter(lag -> lag.view().equals(view))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until no view is behind. */
  private static void settled(OneNode node) {
    await()
        .atMost(OneNode.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(OneNode.get(node.readModels().views().lags()))
                    .allSatisfy(lag -> assertThat(lag.records()).isZero()));
  }

  /** Comments on a case, or creates it when there is no text. */
  private static void comment(OneNode node, String id, String text) {
    CaseCommand command =
        text == null
            ? new CaseCommand.Create(
                id.split("/", -1)[1],
                "permits",
                "administrative-approval",
                1,
                "999999-" + id.hashCode(),
                "permit",
                new Applicant("Wang", "person", "", ""),
                "{}",
                Map.of(),
                Optional.empty())
            : new CaseCommand.Comment(text);
    assertThat(node.asked(id, command, OPERATOR).refused()).isEmpty();
  }

  private static CqlSession session(OneNode node) {
    return SliceJournal.get(node.system()).session();
  }
}
