package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.cli.ExitCode;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import govcloud.recovery.LostCloud;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud goes on before the damaged end of its replica, when officers have approved that. */
@Tag("slow")
class SalvageCommandTest {
  private static final int SLICE = 1;

  @TempDir private Path folder;
  private LostCloud cloud;
  private Path saved;

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 51);
    saved = folder.resolve("saved");
  }

  private long end(int slice) {
    return cloud.cuts().get(0).statement().getSlice(slice).getSegment();
  }

  /** The segment behind the first cut. */
  private void damage() throws Exception {
    Path file = cloud.archive().resolve(ArchiveName.segment(SLICE, end(SLICE) + 1).text());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    file.toFile().setWritable(true);
    Files.write(file, bytes);
  }

  private Run salvage(ExitCode expected) {
    return Run.of(
        expected,
        "salvage",
        "--archive",
        cloud.archive().toString(),
        "--to",
        saved.toString(),
        "-o",
        "json");
  }

  private Run failover(ExitCode expected, String... more) {
    List<String> all = new ArrayList<>(List.of("failover", "--archive", saved.toString()));
    all.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    all.addAll(List.of("--keys", folder.resolve("keys").toString()));
    all.addAll(List.of("--home-archive", folder.resolve("home").toString()));
    all.addAll(List.of("--card", folder.resolve("card").toString()));
    all.addAll(List.of("--emergency", "flood", "--approved-by=wang", "--approved-by=li"));
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(String[]::new));
  }

  @Test
  void damagedEnd_isGivenUpByName_andTheSiblingTakesInWhatGoesOn() throws Exception {
    damage();
    JsonNode given = salvage(ExitCode.OK).json();
    assertThat(given.path("cut").asInt()).isEqualTo(1);
    assertThat(given.path("records").asLong()).isPositive();
    assertThat(given.path("tenants").size()).isEqualTo(cloud.tenants().size());
    assertThat(given.path("slices").get(SLICE).path("kept_to_segment").asLong())
        .isEqualTo(given.path("slices").get(SLICE).path("right_to_segment").asLong())
        .isEqualTo(end(SLICE));
    JsonNode found =
        Run.of(ExitCode.OK, "verify", "--archive", saved.toString(), "-o", "json").json();
    assertThat(found.path("proved_cuts").toString()).isEqualTo("[1]");
    assertThat(found.path("records").asInt())
        .isEqualTo(cloud.sequencesAtCut(1).values().stream().mapToInt(Long::intValue).sum());
    assertThat(failover(ExitCode.FORBIDDEN).err()).contains("FAILOVER_GIVES_UP", "--cut 1");
    failover(ExitCode.NOT_FOUND, "--cut", "2");
    assertThat(folder.resolve("keys")).doesNotExist();
    failover(ExitCode.OK, "--cut", "1");
    JsonNode kept =
        new ReportFiles(folder.resolve("keys")).failover(cloud.keys().recovery()).orElseThrow();
    assertThat(kept.at("/given_up/segments")).isEqualTo(given.path("segments"));
    goOn(new KeyFolder(folder.resolve("keys")));
  }

  /** The rebuilt cloud appends to the slice, archives it and sends it. */
  private void goOn(KeyFolder keys) throws Exception {
    List<TrustedKey> all = new ArrayList<>(keys.card().signingKeys());
    all.addAll(cloud.siblingKeys().card().signingKeys());
    ReplicaTrust trust =
        new ReplicaTrust(
            LostCloud.NAME,
            LostCloud.SIBLING,
            new TrustedKeys(all),
            Set.of(keys.card().recoveryKey()));
    FileSystemArchiveStore home = FileSystemArchiveStore.open(folder.resolve("home"));
    ArchiveName last = ArchiveName.segment(SLICE, end(SLICE));
    Segment before = Segment.verify(last, home.read(last).orElseThrow(), trust);
    ArchiveName next = ArchiveName.segment(SLICE, end(SLICE) + 1);
    try (EpochKeys old = cloud.keys().epoch(before.statement().getGrant());
        EpochKeys epoch = keys.epoch()) {
      List<ByteString> batches = new SegmentReader(old).batches(before);
      ByteString takeOver =
          LogBatch.newBuilder()
              .setIncarnation(ByteString.copyFrom(new byte[16]))
              .setPreviousHash(ReplicaHash.of(batches.get(batches.size() - 1)))
              .setHighestClock(before.statement().getHighestClock())
              .setTakeOver(TakeOver.newBuilder().setNode("node-9"))
              .build()
              .toByteString();
      new SliceArchiver(SLICE, home, trust, new SegmentWriter(keys.signing(), epoch, 3))
          .archive(before.lastOffset() + 1, List.of(takeOver));
    }
    FileSystemArchiveStore sibling = FileSystemArchiveStore.open(saved);
    new Receiver(sibling, sibling, trust, cloud.siblingKeys().signing(), Clock.systemUTC())
        .segment(next, home.read(next).orElseThrow());
    assertThat(sibling.read(ArchiveName.receipt(SLICE, next.number()))).isPresent();
  }

  /** Section 2a as it stands. */
  @Test
  void damagedEnd_isSavedAsTheRunbookSays() throws Exception {
    damage();
    Map<String, String> places =
        Map.ofEntries(
            Map.entry("/srv/received-saved", saved.toString()),
            Map.entry("/srv/received", cloud.archive().toString()),
            Map.entry("/media/shares", cloud.shares().get(0).getParent().toString()),
            Map.entry("/etc/govcloud/keys", folder.resolve("keys").toString()),
            Map.entry("/srv/archive", folder.resolve("home").toString()),
            Map.entry("/srv/new-card", folder.resolve("card").toString()),
            Map.entry("--cut 12", "--cut 1"),
            Map.entry(
                "--approval /media/approval.json",
                "--emergency flood --approved-by zhang --approved-by li"));
    RunbookBlock.of("runbook-site-loss.md", "./recover salvage").run(ExitCode.OK, places);
    JsonNode plan =
        Run.of(
                ExitCode.OK,
                "plan",
                "--archive",
                saved.toString(),
                "--shares",
                places.get("/media/shares"),
                "-o",
                "json")
            .json();
    assertThat(plan.path("cut").asInt()).as("its latest point").isEqualTo(1);
    RunbookBlock.of("runbook-site-loss.md", "./recover failover --archive /srv/received-saved")
        .run(ExitCode.OK, places);
  }

  @Test
  void archiveWithoutDamage_isNotSaved() {
    assertThat(salvage(ExitCode.CONFLICT).err()).contains("SALVAGE_NOT_NEEDED");
    assertThat(saved).doesNotExist();
  }

  @Test
  void archiveInWhichNoCutIsWhole_cannotBeSaved() throws Exception {
    Files.delete(cloud.archive().resolve(ArchiveName.segment(SLICE, 1).text()));
    assertThat(salvage(ExitCode.FINDINGS).err()).contains("SALVAGE_IMPOSSIBLE");
    assertThat(saved).doesNotExist();
  }
}
