package govcloud.node.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.Actor;
import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.app.AppPlan;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.operation.OperationState;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.casework.CaseQuery;
import govcloud.node.casework.CaseRow;
import govcloud.node.casework.CaseView;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.feed.FeedEvent;
import govcloud.node.feed.FeedFilter;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Read models over the real journal, entities and Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadModelsIT {

  private static final Actor OPERATOR = new Actor("li", Actor.OPERATOR);
  private static final int CASES = 200;

  private final LocalCassandra cassandra = LocalCassandra.shared();

  private static CaseCommand.Create create(int number) {
    return new CaseCommand.Create(
        "harbour",
        "permits",
        "administrative-approval",
        1,
        "999999-" + number,
        "permit " + number,
        new Applicant("Wang " + number, "person", "", ""),
        "{}",
        Map.of(),
        Optional.empty());
  }

  private static String caseId(int number) {
    return "case/harbour/permits/c-" + number;
  }

  private static void seen(OneNode node, String view, Answer<?> answer) {
    assertThat(answer.refused()).isEmpty();
    assertThat(
            OneNode.get(
                node.readModels().views().await(view, answer.consistencyToken(), OneNode.PATIENCE)))
        .isTrue();
  }

  private static List<CaseRow> all(OneNode node, CaseQuery query, int pageSize) {
    List<CaseRow> rows = new ArrayList<>();
    PageRequest request = PageRequest.first(pageSize);
    while (true) {
      Page<CaseRow> page = OneNode.get(node.readModels().cases().list("harbour", query, request));
      rows.addAll(page.items());
      if (page.nextPageToken().isEmpty()) {
        return rows;
      }
      request = request.after(page);
    }
  }

  private static void move(OneNode node, int from, int to, String action) {
    List<CompletableFuture<Answer<Object>>> asked = new ArrayList<>();
    for (int number = from; number < to; number++) {
      CaseCommand command =
          action.isEmpty()
              ? create(number)
              : new CaseCommand.TakeAction(action, "", "", Map.of(), Optional.empty());
      asked.add(node.<Object>ask(caseId(number), command, OPERATOR).toCompletableFuture());
    }
    asked.forEach(answer -> seen(node, CaseView.NAME, OneNode.get(answer)));
  }

  @Test
  void casesAreCreatedAndMoved_worklistsCountsUsageAndFeedFollow_alsoAfterAKillAndReplay() {
    String keyspace = cassandra.newKeyspaceName("views");
    String cursor;
    try (OneNode node = OneNode.start(cassandra, keyspace)) {
      move(node, 0, CASES, "");
      move(node, 0, 120, "apply");
      move(node, 0, 40, "begin-pre-review");
      move(node, 0, 10, "accept");
      move(node, 110, 120, "return-application");
      seen(node, CaseView.NAME, node.asked(caseId(5), new CaseCommand.Assign("zhang"), OPERATOR));
      requireLists(node);
      cursor = requireFeed(node, Optional.empty(), CASES * 2);
    }
    try (OneNode again = OneNode.start(cassandra, keyspace)) {
      forgetOffsets(again, keyspace);
    }
    try (OneNode again = OneNode.start(cassandra, keyspace)) {
      move(again, CASES, CASES + 1, "");
      await()
          .atMost(OneNode.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(OneNode.get(again.readModels().views().lags()))
                      .allSatisfy(lag -> assertThat(lag.records()).isZero()));
      move(again, CASES, CASES + 1, "apply");
      assertThat(OneNode.get(again.readModels().cases().counts("harbour")).get("permits"))
          .containsEntry("draft", 80L)
          .containsEntry("applied", 71L);
      assertThat(requireFeed(again, Optional.of(cursor), 2)).isNotEqualTo(cursor);
      requireUsage(again);
    }
  }

  private static void requireLists(OneNode node) {
    var cases = node.readModels().cases();
    assertThat(OneNode.get(cases.counts("harbour")).get("permits"))
        .isEqualTo(
            Map.of(
                "draft", 80L, "applied", 70L, "pre-review", 30L, "accepted", 10L, "returned", 10L));
    assertThat(OneNode.get(cases.active("harbour"))).isEqualTo(190);
    List<CaseRow> every = all(node, CaseQuery.ofApp("permits", CaseQuery.Sort.UPDATED), 33);
    assertThat(every).hasSize(CASES).doesNotHaveDuplicates();
    assertThat(every)
        .extracting(row -> -row.listedAt().toEpochMilli())
        .isSortedAccordingTo(Long::compareTo);
    List<CaseRow> due = all(node, CaseQuery.ofApp("permits", CaseQuery.Sort.DUE), 70);
    assertThat(due).hasSize(CASES);
    assertThat(due)
        .extracting(row -> row.due().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE))
        .isSortedAccordingTo(Long::compareTo);
    assertThat(all(node, inState("pre-review"), 7))
        .hasSize(30)
        .allMatch(row -> row.state().equals("pre-review"));
    assertThat(all(node, ofPerson("zhang"), 10))
        .singleElement()
        .satisfies(row -> assertThat(row.caseId()).isEqualTo("c-5"));
    assertThat(OneNode.get(cases.late(Instant.now())).red()).isZero();
    assertThat(OneNode.get(cases.late(Instant.now().plusSeconds(86_400L * 60))).red())
        .isEqualTo(110);
  }

  private static CaseQuery inState(String state) {
    return new CaseQuery(
        Optional.of("permits"),
        Optional.of(state),
        Optional.empty(),
        Optional.empty(),
        CaseQuery.Sort.DUE);
  }

  private static CaseQuery ofPerson(String assignee) {
    return new CaseQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.of(assignee),
        Optional.empty(),
        CaseQuery.Sort.UPDATED);
  }

  /** Takes some events from a place on and gives the cursor behind them. */
  private static String requireFeed(OneNode node, Optional<String> cursor, int number) {
    var from = cursor.orElse(govcloud.node.feed.FeedCursor.beginning(16).encode());
    List<FeedEvent> events =
        OneNode.get(
            OneNode.get(
                    node.readModels()
                        .feed()
                        .events(
                            Optional.of(from),
                            new FeedFilter(Optional.of("harbour"), Optional.of("govcloud.case"))))
                .take(number)
                .runWith(Sink.seq(), node.system()));
    assertThat(new HashSet<>(events.stream().map(FeedEvent::id).toList())).hasSize(number);
    assertThat(events).allMatch(event -> event.subject().startsWith("case/harbour/permits/"));
    return events.get(events.size() - 1).cursor();
  }

  private static void requireUsage(OneNode node) {
    Instant now = Instant.now();
    var hours =
        OneNode.get(node.readModels().usage().hours("harbour", now.minusSeconds(7200), now));
    long events = hours.stream().mapToLong(hour -> hour.events()).sum();
    var stored =
        OneNode.get(
            node.readModels().history().of(caseId(5), 1).runWith(Sink.seq(), node.system()));
    assertThat(stored).hasSize(5);
    // 202 creations, 181 actions, an assignment, and the clocks that went with them.
    assertThat(events).isGreaterThan(380).isLessThan(1000);
  }

  /** As if every projection had lost its place: everything is handled again. */
  private static void forgetOffsets(OneNode node, String keyspace) {
    var session = govcloud.journal.plugin.SliceJournal.get(node.system()).session();
    session.execute("TRUNCATE " + keyspace + ".projection_positions");
  }

  @Test
  void appIsAppliedForAndApproved_operationSucceedsWithoutFurtherHands() {
    try (OneNode node = OneNode.start(cassandra, cassandra.newKeyspaceName("views"))) {
      String app = "app/harbour/permits";
      var apply =
          new AppInstanceCommand.Apply(
              "harbour",
              "administrative-approval",
              Optional.of(1),
              new AppPlan(5, 100),
              "999999",
              "op-1");
      assertThat(node.asked(app, apply, new Actor("chen", "clerk")).refused()).isEmpty();
      await().atMost(OneNode.PATIENCE).until(() -> status(node, "op-1").equals("WAITING_APPROVAL"));
      assertThat(node.asked(app, new AppInstanceCommand.Approve(), OPERATOR).refused()).isEmpty();
      await().atMost(OneNode.PATIENCE).until(() -> status(node, "op-1").equals("SUCCEEDED"));
      assertThat(node.<AppInstanceState>read(app).state().status())
          .isEqualTo(AppInstanceState.Status.RUNNING);
      await()
          .atMost(OneNode.PATIENCE)
          .until(() -> OneNode.get(node.readModels().quotas().of("harbour")).appInstances() == 1);
    }
  }

  private static String status(OneNode node, String operation) {
    return node.<OperationState>read("operation/" + operation).state().status().name();
  }
}
