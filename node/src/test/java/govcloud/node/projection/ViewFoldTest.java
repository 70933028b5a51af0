package govcloud.node.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.operation.OperationEvent;
import govcloud.node.operation.OperationRow;
import govcloud.node.operation.OperationView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewFoldTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String ID = "operation/op-1";

  private static Commit<?> commit(OperationEvent event) {
    return new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
  }

  private static final Commit<?> OPENED =
      commit(
          new OperationEvent.Opened(
              "app.provision",
              "app/harbour/permits",
              "harbour",
              List.of(),
              "li",
              NOON.plusSeconds(60),
              NOON));
  private static final Commit<?> STARTED =
      commit(new OperationEvent.Started(NOON.plusSeconds(90), NOON));
  private static final Commit<?> SUCCEEDED = commit(new OperationEvent.Succeeded("done", NOON));

  private static ViewFold<OperationRow> empty() {
    return new ViewFold<>(new OperationView(), 3, false, Map.of(), Map.of());
  }

  @Test
  void first_record_rowListsAndNumbers() {
    ViewFold<OperationRow> fold = empty();
    fold.apply(100, ID, 1, () -> OPENED);
    assertThat(fold.changed().get(ID).version()).isEqualTo(1);
    assertThat(fold.moves())
        .hasSize(4)
        .allSatisfy((place, move) -> assertThat(move.present()).isTrue());
    assertThat(fold.counts()).isEqualTo(Map.of("pending", 1L));
    assertThat(fold.position()).isEqualTo(100);
  }

  @Test
  void following_records_oldEntriesGoAndNumbersMove() {
    ViewFold<OperationRow> fold = empty();
    fold.apply(100, ID, 1, () -> OPENED);
    fold.apply(101, ID, 2, () -> STARTED);
    fold.apply(102, ID, 3, () -> SUCCEEDED);
    assertThat(fold.counts()).isEqualTo(Map.of("succeeded", 1L));
    Map<String, Boolean> lists = new HashMap<>();
    fold.moves()
        .forEach(
            (place, move) -> lists.merge(place.entry().list(), move.present(), Boolean::logicalOr));
    assertThat(lists)
        .containsEntry("status=pending", false)
        .containsEntry("status=running", false)
        .containsEntry("status=succeeded", true)
        .containsEntry("open", false)
        .containsEntry("all", true);
  }

  @Test
  void replayOfKnownRecords_nothingChanges_andNothingIsDecoded() {
    ViewFold<OperationRow> first = empty();
    first.apply(100, ID, 1, () -> OPENED);
    first.apply(101, ID, 2, () -> STARTED);
    var kept =
        new ViewFold.Kept<>(first.changed().get(ID).version(), first.changed().get(ID).row());
    ViewFold<OperationRow> again =
        new ViewFold<>(new OperationView(), 3, false, Map.of(ID, kept), first.counts());
    again.apply(
        100,
        ID,
        1,
        () -> {
          throw new AssertionError("decoded a record that the row reflects");
        });
    again.apply(101, ID, 2, () -> STARTED);
    assertThat(again.changed()).isEmpty();
    assertThat(again.moves()).isEmpty();
    assertThat(again.counts()).isEqualTo(first.counts());
  }

  @Test
  void differentBatches_sameRowsAndNumbers() {
    ViewFold<OperationRow> whole = empty();
    whole.apply(100, ID, 1, () -> OPENED);
    whole.apply(101, ID, 2, () -> STARTED);
    ViewFold<OperationRow> one = empty();
    one.apply(100, ID, 1, () -> OPENED);
    var kept = new ViewFold.Kept<>(1, one.changed().get(ID).row());
    ViewFold<OperationRow> two =
        new ViewFold<>(new OperationView(), 3, false, Map.of(ID, kept), one.counts());
    two.apply(101, ID, 2, () -> STARTED);
    assertThat(two.changed().get(ID)).isEqualTo(whole.changed().get(ID));
    assertThat(two.counts()).isEqualTo(whole.counts());
  }

  @Test
  void entryThatComesAndGoes_isTakenAwayUnlessNobodyElseCanHaveWrittenIt() {
    var pending = new View.Entry("status=pending", SortKey.descending(NOON));
    for (boolean alone : new boolean[] {false, true}) {
      ViewFold<OperationRow> fold =
          new ViewFold<>(new OperationView(), 3, alone, Map.of(), Map.of());
      fold.apply(100, ID, 1, () -> OPENED);
      fold.apply(101, ID, 2, () -> STARTED);
      assertThat(fold.moves().get(new ViewFold.Place(pending, ID)))
          .isEqualTo(alone ? null : new ViewFold.Move(false, 101));
    }
  }

  @Test
  void entryThatWasThere_isTakenAwayInAnyCase_andNumbersAreWritten() {
    var kept = new ViewFold.Kept<>(1, opened());
    ViewFold<OperationRow> fold =
        new ViewFold<>(new OperationView(), 3, true, Map.of(ID, kept), Map.of("pending", 1L));
    fold.apply(101, ID, 2, () -> STARTED);
    fold.apply(102, ID, 3, () -> SUCCEEDED);
    var pending = new View.Entry("status=pending", SortKey.descending(NOON));
    assertThat(fold.moves().get(new ViewFold.Place(pending, ID)))
        .isEqualTo(new ViewFold.Move(false, 101));
    assertThat(fold.counting()).containsExactly(ID);
    assertThat(fold.counts()).isEqualTo(Map.of("succeeded", 1L));
  }

  private static OperationRow opened() {
    ViewFold<OperationRow> fold = empty();
    fold.apply(100, ID, 1, () -> OPENED);
    return fold.changed().get(ID).row();
  }

  @Test
  void missingRecord_isRefused() {
    ViewFold<OperationRow> fold = empty();
    assertThatThrownBy(() -> fold.apply(100, ID, 2, () -> STARTED))
        .hasMessage("view operations, operation/op-1: version 2 (expected: 1)");
  }

  @Test
  void row_asJson_comesBackEqual() {
    ViewFold<OperationRow> fold = empty();
    fold.apply(100, ID, 1, () -> OPENED);
    OperationRow row = fold.changed().get(ID).row();
    assertThat(RowJson.read(RowJson.write(row), OperationRow.class)).isEqualTo(row);
  }
}
