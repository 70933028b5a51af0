package govcloud.replication.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A replica as first released must be read for ever. The files are written once with {@code
 * -Dgolden.write=true} and never changed.
 */
class GoldenReplicaTest {
  static final Path FOLDER = Path.of("src/test/resources/golden/replica");
  static final Path TRUST = Path.of("src/test/resources/golden/trust.json");
  private static final long SEED = 42;

  /** The golden files as an archive. */
  static MemoryStore golden() throws Exception {
    if (Boolean.getBoolean("golden.write")) {
      write(TestReplica.of(TestKeys.HOME, SEED));
    }
    MemoryStore store = new MemoryStore();
    try (var paths = Files.walk(FOLDER)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String text = FOLDER.relativize(path).toString().replace('\\', '/');
        if (BlobAddress.ofName(text).isEmpty()) {
          ArchiveName name = ArchiveName.parse(text).orElseThrow();
          store.put(name, ByteString.copyFrom(Files.readAllBytes(path)));
        }
      }
    }
    return store;
  }

  private static void write(TestReplica replica) throws IOException {
    for (Map.Entry<ArchiveName, byte[]> file : replica.store().files().entrySet()) {
      write(file.getKey().text(), file.getValue());
    }
    for (Map.Entry<BlobAddress, byte[]> blob : replica.blobs().blobs().entrySet()) {
      write(blob.getKey().name(), blob.getValue());
    }
    if (!Files.exists(TRUST)) {
      Files.writeString(TRUST, trustJson(replica.trust(), replica.anchor()));
    }
  }

  private static void write(String name, byte[] file) throws IOException {
    Path path = FOLDER.resolve(name);
    if (!Files.exists(path)) {
      Files.createDirectories(path.getParent());
      Files.write(path, file);
    }
  }

  /** What the independent verifier must know beforehand. */
  static String trustJson(ReplicaTrust trust, ReplicaAnchor anchor) throws IOException {
    Map<String, Object> json =
        Map.of(
            "origin", trust.origin(),
            "receiver", trust.receiver(),
            "keys", trust.keys().all().stream().map(GoldenReplicaTest::key).toList(),
            "recoveryKeys", trust.recoveryKeys().stream().map(ReplicaHash::hex).toList(),
            "anchor",
                Map.of(
                    "generation", anchor.generation(),
                    "manifestHash", ReplicaHash.hex(anchor.manifestHash()),
                    "cut", anchor.cut(),
                    "cutHash", ReplicaHash.hex(anchor.cutHash())));
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  private static Map<String, String> key(TrustedKey key) {
    return Map.of("cloud", key.cloud(), "publicKey", ReplicaHash.hex(key.publicKey()));
  }

  @Test
  void goldenReplica_verified_isSound() throws Exception {
    ReplicaReport report =
        new ReplicaVerifier(golden(), FileSystemBlobStore.open(FOLDER), TestKeys.TRUST)
            .verify(TestReplica.of(TestKeys.HOME, SEED).anchor());
    assertThat(report.findings()).isEmpty();
    assertThat(report.provedCuts()).containsExactly(1L, 2L);
    assertThat(report.blobs()).isEqualTo(2);
    assertThat(report.segments()).isEqualTo(8);
  }

  @Test
  void goldenSegments_opened_giveTheLogAsItWas() throws Exception {
    MemoryStore store = golden();
    List<ByteString> batches = TestReplica.of(TestKeys.HOME, SEED).batches();
    SegmentReader reader = new SegmentReader(TestKeys.epoch(1));
    List<ByteString> opened = new java.util.ArrayList<>();
    for (long number = 1; number <= 4; number++) {
      for (int slice = 0; slice < 2; slice++) {
        ArchiveName name = ArchiveName.segment(slice, number);
        opened.addAll(
            reader.batches(Segment.verify(name, store.read(name).orElseThrow(), TestKeys.TRUST)));
      }
    }
    assertThat(opened).isEqualTo(batches);
  }

  /** Receipts hold nothing that a library compresses, so even their bytes stay the same. */
  @Test
  void goldenReceipts_writtenAgain_areTheSameBytes() throws Exception {
    MemoryStore store = golden();
    assertThat(store.list(StatementKind.RECEIPT)).hasSize(8);
    for (ArchiveName name : store.list(StatementKind.RECEIPT)) {
      ArchiveName segment = ArchiveName.segment(name.slice(), name.number());
      Segment verified = Segment.verify(segment, store.read(segment).orElseThrow(), TestKeys.TRUST);
      byte[] receipt = store.read(name).orElseThrow();
      long at = Receipt.verify(name, receipt, TestKeys.TRUST).statement().getReceivedAt();
      assertThat(Receipt.write(TestKeys.SIBLING, verified, at).toByteArray()).isEqualTo(receipt);
    }
  }

  @Test
  void goldenDirectory_opened_namesEveryEntity() throws Exception {
    byte[] file = golden().read(ArchiveName.cut(2)).orElseThrow();
    Cut cut = Cut.verify(ArchiveName.cut(2), file, TestKeys.TRUST);
    long entities = 0;
    for (String tenant : List.of("", "housing", "planning", "environment")) {
      entities += cut.directory(TestKeys.epoch(1), tenant).getEntityCount();
    }
    assertThat(entities)
        .isPositive()
        .isEqualTo(cut.statement().getTenantList().stream().mapToLong(t -> t.getEntities()).sum());
  }
}
