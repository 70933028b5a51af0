package govcloud.journal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.localcassandra.LocalCassandra;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol.DeleteSnapshot;
import org.apache.pekko.persistence.SnapshotProtocol.LoadSnapshot;
import org.apache.pekko.persistence.SnapshotProtocol.LoadSnapshotResult;
import org.apache.pekko.persistence.SnapshotProtocol.SaveSnapshot;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import scala.jdk.javaapi.OptionConverters;

@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotStoreIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final String keyspace = LocalCassandra.shared().newKeyspaceName("snapshots");
  private JournalNode node;
  private ActorRef store;
  private TestKit probe;

  @BeforeAll
  void open() {
    node = new JournalNode(keyspace);
    store =
        Persistence.get(node.system)
            .snapshotStoreFor(
                SliceJournal.SNAPSHOT_PLUGIN, com.typesafe.config.ConfigFactory.empty());
    probe = new TestKit(node.system);
  }

  @AfterAll
  void close() {
    node.close();
  }

  @Test
  void noSnapshot_load_isNothing() {
    assertThat(load("case/none", Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void severalSnapshots_theHighestSequenceIsKept() {
    save("case/a", 10, "ten");
    save("case/a", 20, "twenty");
    save("case/a", 15, "late fifteen");
    SelectedSnapshot found = load("case/a", Long.MAX_VALUE).orElseThrow();
    assertThat(found.snapshot()).isEqualTo("twenty");
    assertThat(found.metadata().sequenceNr()).isEqualTo(20);
    assertThat(load("case/a", 19)).isEmpty();
  }

  @Test
  void deletedSnapshot_load_isNothing() {
    save("case/b", 10, "ten");
    store.tell(new DeleteSnapshot(metadata("case/b", 10)), probe.getRef());
    probe.expectMsgClass(SOON, org.apache.pekko.persistence.DeleteSnapshotSuccess.class);
    assertThat(load("case/b", Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void brokenSnapshot_load_isNothing() {
    save("case/c", 10, "ten");
    node.slices
        .session()
        .execute(
            "INSERT INTO %s.snapshot (entity, serializer) VALUES ('case/c', 4711)"
                .formatted(keyspace));
    assertThat(load("case/c", Long.MAX_VALUE)).isEmpty();
  }

  private void save(String entity, long sequence, String state) {
    store.tell(new SaveSnapshot(metadata(entity, sequence), state), probe.getRef());
    probe.expectMsgClass(SOON, org.apache.pekko.persistence.SaveSnapshotSuccess.class);
  }

  private Optional<SelectedSnapshot> load(String entity, long to) {
    store.tell(
        new LoadSnapshot(entity, SnapshotSelectionCriteria.create(to, Long.MAX_VALUE), to),
        probe.getRef());
    LoadSnapshotResult result = probe.expectMsgClass(SOON, LoadSnapshotResult.class);
    return OptionConverters.toJava(result.snapshot());
  }

  private static SnapshotMetadata metadata(String entity, long sequence) {
    return SnapshotMetadata.apply(entity, sequence);
  }
}
