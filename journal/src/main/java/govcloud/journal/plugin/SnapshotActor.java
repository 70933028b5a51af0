package govcloud.journal.plugin;

import govcloud.journal.cassandra.CassandraSnapshots;
import govcloud.journal.cassandra.CassandraSnapshots.Snapshot;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * The snapshot store. Snapshots are disposable: the newest of each entity is kept, and one that can
 * not be read is as good as none, because the records are all there.
 */
public final class SnapshotActor extends SnapshotStore {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotActor.class);

  private Serialization serialization;
  private CassandraSnapshots snapshots;

  @Override
  public void preStart() throws Exception {
    super.preStart();
    serialization = SerializationExtension.get(context().system());
    snapshots = SliceJournal.get(context().system()).snapshots();
  }

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return asScala(
        snapshots
            .load(persistenceId)
            .thenApply(found -> found.flatMap(snapshot -> select(snapshot, criteria)))
            .exceptionally(
                failure -> {
                  LOG.warn("snapshot of {}: ignored: {}", persistenceId, failure.toString());
                  return Optional.empty();
                }));
  }

  private Optional<SelectedSnapshot> select(Snapshot found, SnapshotSelectionCriteria criteria) {
    boolean wanted =
        found.sequence() <= criteria.maxSequenceNr()
            && found.sequence() >= criteria.minSequenceNr()
            && found.takenAt() <= criteria.maxTimestamp()
            && found.takenAt() >= criteria.minTimestamp();
    if (!wanted) {
      return Optional.empty();
    }
    byte[] bytes = new byte[found.payload().remaining()];
    found.payload().duplicate().get(bytes);
    Object state = serialization.deserialize(bytes, found.serializer(), found.manifest()).get();
    return Optional.of(
        SelectedSnapshot.create(
            SnapshotMetadata.apply(found.entityId(), found.sequence(), found.takenAt()), state));
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object state) {
    Serializer serializer = serialization.findSerializerFor(state);
    return asScala(
        snapshots.save(
            new Snapshot(
                metadata.persistenceId(),
                metadata.sequenceNr(),
                metadata.timestamp(),
                serializer.identifier(),
                Serializers.manifestFor(serializer, state),
                ByteBuffer.wrap(serializer.toBinary(state)))));
  }

  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    return asScala(snapshots.deleteUpTo(metadata.persistenceId(), metadata.sequenceNr()));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return asScala(snapshots.deleteUpTo(persistenceId, criteria.maxSequenceNr()));
  }

  private static <T> Future<T> asScala(CompletionStage<T> stage) {
    return FutureConverters.asScala(stage);
  }
}
