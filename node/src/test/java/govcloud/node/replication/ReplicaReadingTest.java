package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.typesafe.config.ConfigFactory;
import govcloud.domain.audit.AuditRecord;
import govcloud.node.ReferenceKeys;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.keys.ReaderGrants;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.reading.HttpsArchive;
import govcloud.replication.reading.HttpsArchiveStore;
import govcloud.replication.reading.ReadingDoor;
import govcloud.replication.reading.Retries;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real listener, whose archive is read by those who may and by nobody else. */
class ReplicaReadingTest {
  private static final Instant NOW = Instant.parse("2026-03-02T21:08:26Z");
  private static final ArchiveName NAME = ArchiveName.segment(3, 7);

  @TempDir private Path folder;
  private final ActorTestKit kit = ActorTestKit.create();
  private final List<AuditRecord> written = new CopyOnWriteArrayList<>();
  private final byte[] file = new byte[3 << 20];
  private KeyFolder mountain;
  private KeyFolder harbour;
  private ReaderGrants grants;
  private Readers readers;
  private String address;
  private volatile boolean writable = true;

  @BeforeEach
  void start() throws Exception {
    mountain = keys("mountain");
    harbour = keys("harbour");
    mountain.trust(harbour.card());
    grants = new ReaderGrants(mountain);
    readers = new Readers(grants, "harbour");
    new Random(7).nextBytes(file);
    FileSystemArchiveStore store = FileSystemArchiveStore.open(folder.resolve("received"));
    store.put(NAME, ByteString.copyFrom(file));
    var door = new ReadingDoor(store, store, FileSystemBlobStore.open(folder.resolve("received")));
    var trail = new ReadingTrail("harbour", this::write, () -> NOW);
    var reading = new ReplicaReading(kit.system(), readers, door, trail, () -> NOW);
    var settings =
        ReplicationSettings.from(
            ConfigFactory.parseString("govcloud.replication.port = 0")
                .withFallback(ReferenceKeys.reference())
                .resolve());
    var binding =
        ReplicaListener.start(kit.system(), settings, sibling(), null, Optional::empty, reading);
    address = "127.0.0.1:" + binding.toCompletableFuture().get().localAddress().getPort();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private KeyFolder keys(String cloud) throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve(cloud));
    KeyCeremony.init(keys, cloud, folder.resolve(cloud + "-shares"), 2, 2, new SecureRandom());
    return keys;
  }

  private SiblingCloud sibling() throws Exception {
    var trust = new ReplicaTrust("harbour", "mountain", new TrustedKeys(List.of()), Set.of());
    var certificate = harbour.link().certificate();
    SSLContext tls = PinnedTls.context(mountain.link(), certificate, readers::certificates);
    var succession = new KeySuccession(mountain, "harbour");
    return new SiblingCloud("harbour", trust, trust, succession, certificate, tls, readers);
  }

  private CompletionStage<Void> write(AuditRecord record) {
    if (!writable) {
      return CompletableFuture.failedStage(new IllegalStateException("full"));
    }
    written.add(record);
    return CompletableFuture.completedStage(null);
  }

  private LinkIdentity grant(String name, Duration time) throws Exception {
    Path into = folder.resolve(name);
    grants.grant("harbour", name, into, NOW, NOW.plus(time), new SecureRandom());
    readers.look();
    return new KeyFolder(into).link();
  }

  private SSLContext tls(LinkIdentity caller) throws Exception {
    return PinnedTls.context(caller, mountain.link().certificate());
  }

  private HttpsArchiveStore store(LinkIdentity caller) throws Exception {
    Retries few =
        new Retries(Duration.ofSeconds(20), Duration.ofMillis(10), Duration.ofMillis(50), 3);
    return new HttpsArchiveStore(new HttpsArchive(tls(caller), List.of(address), "harbour", few));
  }

  private void assertNotRead(LinkIdentity caller, ArchiveDefect as, String why) {
    assertThatThrownBy(() -> store(caller).read(NAME))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class, e -> assertThat(e.defect()).isEqualTo(as))
        .hasMessageContaining(why);
  }

  @Test
  void readerWithGrant_listsAndReads_andIsWrittenDown() throws Exception {
    HttpsArchiveStore store = store(grant("zhang", Duration.ofHours(1)));
    assertThat(store.list(StatementKind.SEGMENT)).containsExactly(NAME);
    assertThat(store.list(StatementKind.CUT)).isEmpty();
    assertThat(store.last(StatementKind.SEGMENT, 3)).hasValue(NAME);
    assertThat(store.read(NAME)).hasValueSatisfying(b -> assertThat(b).isEqualTo(file));
    assertThat(store.read(ArchiveName.cut(1))).isEmpty();
    assertThat(written)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.account()).isEqualTo("reader:zhang");
              assertThat(record.source()).isEqualTo("127.0.0.1");
            });
  }

  @Test
  void grantThatIsOver_orEnded_orOfAnother_readsNothing() throws Exception {
    assertNotRead(grant("li", Duration.ZERO), ArchiveDefect.ARCHIVE_REFUSED, "READER_EXPIRED");
    assertNotRead(harbour.link(), ArchiveDefect.ARCHIVE_REFUSED, "READER_REFUSED");
    assertNotRead(keys("stranger").link(), ArchiveDefect.ARCHIVE_REFUSED, "keys reader");
    LinkIdentity zhang = grant("zhang", Duration.ofHours(1));
    assertThat(store(zhang).read(NAME)).isPresent();
    grants.end("zhang");
    readers.look();
    assertNotRead(zhang, ArchiveDefect.ARCHIVE_REFUSED, "keys reader");
    assertThat(written).extracting(AuditRecord::code).contains("READER_EXPIRED", "READER_REFUSED");
  }

  @Test
  void reader_onlyReads() throws Exception {
    HttpSiblingLink link =
        new HttpSiblingLink(
            tls(grant("zhang", Duration.ofHours(1))),
            List.of(address),
            "harbour",
            Duration.ofSeconds(20));
    assertThatThrownBy(() -> link.deliver(NAME, ByteString.copyFromUtf8("x")))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("READER_REFUSED"));
  }

  @Test
  void whatCannotBeWrittenDown_isNotRead() throws Exception {
    LinkIdentity zhang = grant("zhang", Duration.ofHours(1));
    writable = false;
    assertNotRead(zhang, ArchiveDefect.ARCHIVE_UNAVAILABLE, "AUDIT_UNAVAILABLE");
    writable = true;
    assertThat(store(zhang).read(NAME)).isPresent();
  }
}
