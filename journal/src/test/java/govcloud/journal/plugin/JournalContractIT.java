package govcloud.journal.plugin;

import static govcloud.journal.plugin.JournalNode.after;
import static govcloud.journal.plugin.JournalNode.chain;
import static govcloud.journal.plugin.JournalNode.message;
import static govcloud.journal.plugin.JournalNode.one;
import static govcloud.journal.plugin.JournalNode.together;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.DamagedEntityException;
import govcloud.journal.RecordRejectedException;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.JournalProtocol.DeleteMessagesTo;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageRejected;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesSuccessful$;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** The cases of Pekko's journal test kit, as far as a journal that never deletes has them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalContractIT {

  private static final long ALL = Long.MAX_VALUE;

  private JournalNode node;
  private String entity;
  private List<Record> records;

  @BeforeAll
  void open() {
    node = new JournalNode(LocalCassandra.shared().newKeyspaceName("contract"));
  }

  @AfterAll
  void close() {
    node.close();
  }

  @BeforeEach
  void writeFive(TestInfo test) {
    entity = "case/contract/" + test.getTestMethod().orElseThrow().getName();
    records = chain(entity, 5);
    List<Object> answers =
        node.write(records.stream().map(JournalNode::one).toArray(PersistentEnvelope[]::new));
    assertThat(answers.get(0)).isSameAs(WriteMessagesSuccessful$.MODULE$);
    for (int i = 1; i <= 5; i++) {
      assertThat(answers.get(i))
          .isInstanceOfSatisfying(
              WriteMessageSuccess.class,
              success -> assertThat(success.actorInstanceId()).isEqualTo(7));
      assertThat(((WriteMessageSuccess) answers.get(i)).persistent().sequenceNr()).isEqualTo(i);
    }
  }

  @Test
  void replay_all() {
    var replay = node.replay(entity);
    assertThat(replay.records()).isEqualTo(records);
    assertThat(replay.highest()).isEqualTo(5);
  }

  @Test
  void replay_withLowerBound() {
    assertThat(node.replay(entity, 3, ALL, ALL).records()).isEqualTo(records.subList(2, 5));
  }

  @Test
  void replay_withUpperBound() {
    var replay = node.replay(entity, 1, 3, ALL);
    assertThat(replay.records()).isEqualTo(records.subList(0, 3));
    assertThat(replay.highest()).isEqualTo(5);
  }

  @Test
  void replay_withMax() {
    assertThat(node.replay(entity, 1, ALL, 3).records()).isEqualTo(records.subList(0, 3));
  }

  @Test
  void replay_withBothBounds() {
    assertThat(node.replay(entity, 3, 4, ALL).records()).isEqualTo(records.subList(2, 4));
    assertThat(node.replay(entity, 3, 3, ALL).records()).isEqualTo(records.subList(2, 3));
  }

  @Test
  void replay_withBothBoundsAndMax() {
    assertThat(node.replay(entity, 2, 4, 2).records()).isEqualTo(records.subList(1, 3));
  }

  @Test
  void replay_maxOfZero_givesNothing() {
    assertThat(node.replay(entity, 1, ALL, 0).records()).isEmpty();
  }

  @Test
  void replay_upperBelowLower_givesNothing() {
    var replay = node.replay(entity, 3, 2, ALL);
    assertThat(replay.records()).isEmpty();
    assertThat(replay.highest()).isEqualTo(5);
  }

  @Test
  void replay_ofAnUnknownEntity_givesNothingAndZero() {
    var replay = node.replay("case/contract/unknown", 0, ALL, ALL);
    assertThat(replay.records()).isEmpty();
    assertThat(replay.highest()).isZero();
  }

  @Test
  void replay_behindTheEnd_givesTheHighest() {
    assertThat(node.replay(entity, 6, ALL, ALL).highest()).isEqualTo(5);
  }

  @Test
  void replay_aboveWhatIsThere_isDamage() {
    assertThat(node.replay(entity, 9, ALL, ALL).failure())
        .isInstanceOfSatisfying(
            DamagedEntityException.class,
            damage -> {
              assertThat(damage.entityId()).isEqualTo(entity);
              assertThat(damage.sequence()).isEqualTo(8);
            });
  }

  @Test
  void write_severalAtOnce_areStored() {
    Record sixth = after(entity, records.get(4));
    Record seventh = after(entity, sixth);
    List<Object> answers = node.write(together(List.of(sixth, seventh)));
    assertThat(answers).hasSize(3);
    assertThat(answers.subList(1, 3)).hasOnlyElementsOfType(WriteMessageSuccess.class);
    assertThat(node.replay(entity).records()).hasSize(7);
  }

  @Test
  void write_ofSomethingElseThanARecord_isRejectedAndNothingOfItStored() {
    Record sixth = after(entity, records.get(4));
    List<Object> answers = node.write(AtomicWrite.apply(message("text", entity, 6)), one(sixth));
    assertThat(answers.get(0)).isSameAs(WriteMessagesSuccessful$.MODULE$);
    assertRejected(answers.get(1), "java.lang.String (expected: a journal Record)");
    assertThat(answers.get(2)).isInstanceOf(WriteMessageSuccess.class);
    assertThat(node.replay(entity).highest()).isEqualTo(6);
  }

  @Test
  void write_ofARecordThatDisagreesWithItsEnvelope_isRejected() {
    Record sixth = after(entity, records.get(4));
    assertRejected(
        node.write(AtomicWrite.apply(message(sixth, entity, 7))).get(1), "sequence 6 (expected");
    assertRejected(
        node.write(AtomicWrite.apply(message(sixth, "case/contract/other", 6))).get(1),
        "case/contract/other");
  }

  @Test
  void write_ofARecordThatDoesNotFollow_isRejected() {
    assertRejected(node.write(one(records.get(2))).get(1), "sequence: 3 (expected: 6)");
    Record forged = after(entity, records.get(4)).toBuilder().clearPreviousHash().build();
    assertRejected(node.write(one(forged)).get(1), "hash of the record before");
    assertThat(node.replay(entity).highest()).isEqualTo(5);
  }

  @Test
  void write_ofALargeRecord_survives() {
    Record sixth =
        after(entity, records.get(4)).toBuilder().setCausationId("x".repeat(300_000)).build();
    assertThat(node.write(one(sixth)).get(1)).isInstanceOf(WriteMessageSuccess.class);
    assertThat(node.replay(entity).records().get(5)).isEqualTo(sixth);
  }

  @Test
  void delete_isRefused() {
    TestKit probe = new TestKit(node.system);
    node.journal.tell(new DeleteMessagesTo(entity, 3, probe.getRef()), probe.getRef());
    probe.expectMsgClass(Duration.ofSeconds(10), DeleteMessagesFailure.class);
    assertThat(node.replay(entity).records()).hasSize(5);
  }

  private static void assertRejected(Object answer, String why) {
    assertThat(answer).isInstanceOf(WriteMessageRejected.class);
    assertThat(((WriteMessageRejected) answer).cause())
        .isInstanceOf(RecordRejectedException.class)
        .hasMessageContaining(why);
  }
}
