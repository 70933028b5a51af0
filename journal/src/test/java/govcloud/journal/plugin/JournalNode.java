package govcloud.journal.plugin;

import com.google.protobuf.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.RecordHash;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.journal.v1.Record;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol.RecoverySuccess;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessages;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessagesFailure;
import org.apache.pekko.persistence.JournalProtocol.ReplayedMessage;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.javadsl.TestKit;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An actor system with the journal on the shared Cassandra, spoken to in Pekko's journal protocol.
 */
final class JournalNode implements AutoCloseable {

  /** What a replay gave. */
  record Replay(List<Record> records, long highest, Throwable failure) {}

  private static final Duration SOON = Duration.ofSeconds(20);

  final ActorSystem system;
  final ActorRef journal;
  final SliceJournal slices;

  JournalNode(String keyspace) {
    Config config = configuration(keyspace);
    system = ActorSystem.create("journal", config);
    slices = SliceJournal.get(system);
    SchemaMigrations.run(
        slices.session(), CassandraSettings.from(config), SchemaMode.MIGRATE, "test");
    journal =
        Persistence.get(system).journalFor(SliceJournal.JOURNAL_PLUGIN, ConfigFactory.empty());
  }

  static Config configuration(String keyspace) {
    var point = LocalCassandra.shared().contactPoint();
    return ConfigFactory.parseMap(
            Map.of(
                "govcloud.cassandra.contact-points",
                List.of(point.getHostString() + ":" + point.getPort()),
                "govcloud.cassandra.local-datacenter",
                LocalCassandra.DATACENTER,
                "govcloud.cassandra.keyspace",
                keyspace,
                "govcloud.journal.slices",
                8,
                "govcloud.journal.chunk-quiet",
                "1s",
                "govcloud.journal.cool-down",
                "500ms",
                "govcloud.journal.poll-interval",
                "300ms",
                "pekko.persistence.journal.plugin",
                SliceJournal.JOURNAL_PLUGIN,
                "pekko.persistence.snapshot-store.plugin",
                SliceJournal.SNAPSHOT_PLUGIN,
                "pekko.loglevel",
                "WARNING"))
        .withFallback(ConfigFactory.parseString("pekko.actor.allow-java-serialization = off"))
        .withFallback(ConfigFactory.load());
  }

  /** Sends writes and returns the answers: first the summary, then one for each message. */
  List<Object> write(PersistentEnvelope... envelopes) {
    TestKit probe = new TestKit(system);
    journal.tell(
        new WriteMessages(
            CollectionConverters.asScala(List.of(envelopes)).toSeq(), probe.getRef(), 7),
        probe.getRef());
    int messages = 1;
    for (PersistentEnvelope envelope : envelopes) {
      messages += envelope.size();
    }
    List<Object> answers = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      answers.add(probe.expectMsgAnyClassOf(SOON, Object.class));
    }
    return answers;
  }

  Replay replay(String entityId, long from, long to, long max) {
    TestKit probe = new TestKit(system);
    journal.tell(new ReplayMessages(from, to, max, entityId, probe.getRef()), probe.getRef());
    List<Record> records = new ArrayList<>();
    while (true) {
      Object message = probe.expectMsgAnyClassOf(SOON, Object.class);
      if (message instanceof ReplayedMessage replayed) {
        records.add((Record) replayed.persistent().payload());
      } else if (message instanceof RecoverySuccess success) {
        return new Replay(records, success.highestSequenceNr(), null);
      } else if (message instanceof ReplayMessagesFailure failure) {
        return new Replay(records, -1, failure.cause());
      }
    }
  }

  Replay replay(String entityId) {
    return replay(entityId, 1, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  static AtomicWrite one(Record record) {
    return AtomicWrite.apply(message(record, record.getEntityId(), record.getSequence()));
  }

  static AtomicWrite together(List<Record> records) {
    return AtomicWrite.apply(
        CollectionConverters.asScala(
                records.stream().map(r -> message(r, r.getEntityId(), r.getSequence())).toList())
            .toSeq());
  }

  static PersistentRepr message(Object payload, String entityId, long sequence) {
    return PersistentRepr.apply(
        payload, sequence, entityId, "", false, ActorRef.noSender(), "writer");
  }

  /** The first records of an entity. */
  static List<Record> chain(String entityId, int count) {
    List<Record> records = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      records.add(after(entityId, i == 1 ? null : records.get(i - 2)));
    }
    return records;
  }

  static Record after(String entityId, Record previous) {
    return Record.newBuilder()
        .setTenant("harbour")
        .setEntityId(entityId)
        .setSequence(previous == null ? 1 : previous.getSequence() + 1)
        .setPreviousHash(previous == null ? RecordHash.NONE : RecordHash.of(previous))
        .setManifest("case/1")
        .setPayload(ByteString.copyFromUtf8("payload of " + entityId))
        .build();
  }

  @Override
  public void close() {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("actor system does not end", e);
    }
  }
}
