package govcloud.replication.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.TestLog;
import govcloud.replication.receiving.ReceivedSweep;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SegmentMender;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.shipping.SliceShipper.Step;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments and manifests through folders of a real file system; the test is the gateway. */
class FileDropTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WINDOW = 4;

  private final MemoryStore home = new MemoryStore();
  private final MemoryStore away = new MemoryStore();
  private final Receiver receiver =
      new Receiver(away, away, TestKeys.TRUST, TestKeys.SIBLING, Clock.systemUTC());
  @TempDir private Path folder;
  private Path homeOut;
  private Path homeIn;
  private Path awayOut;
  private Path awayIn;
  private FileDropLink link;
  private FileDropReceiver dropped;
  private SliceShipper shipper;
  private long nanos;

  @BeforeEach
  void open() throws Exception {
    homeOut = folder.resolve("home-out");
    homeIn = folder.resolve("home-in");
    awayOut = folder.resolve("away-out");
    awayIn = folder.resolve("away-in");
    link = openLink();
    dropped =
        new FileDropReceiver(
            FileSystemDropFolder.open(awayIn),
            FileSystemDropFolder.open(awayOut),
            "harbour",
            "mountain",
            this::take,
            PATIENCE,
            Clock.systemUTC(),
            () -> nanos);
    SliceArchiver archiver =
        new SliceArchiver(
            0, home, TestKeys.TRUST, new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3));
    List<ByteString> log = new TestLog(0, 1).batches(6);
    for (int i = 0; i < 6; i++) {
      archiver.archive(i, log.subList(i, i + 1));
    }
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
  }

  private ByteString take(ArchiveName name, byte[] file)
      throws govcloud.replication.statement.DamagedReplicaException, ArchiveStoreException {
    if (name.kind() == StatementKind.SEGMENT) {
      return receiver.segment(name, file);
    }
    receiver.manifest(name, file);
    return ByteString.EMPTY;
  }

  private Step ship() throws Exception {
    Step step = shipper.step();
    while (step == Step.DONE) {
      step = shipper.step();
    }
    return step;
  }

  private static List<Path> files(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void carry(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Files.move(file, to.resolve(file.getFileName()));
    }
  }

  private void passTime() {
    nanos += PATIENCE.toNanos() + 1;
  }

  @Test
  void window_shipped_isAnsweredByReceiptsThatComeBack() throws Exception {
    assertThat(ship()).isEqualTo(Step.WAITING_FOR_RECEIPTS);
    assertThat(files(homeOut)).hasSize(WINDOW);
    carry(homeOut, awayIn);
    assertThat(dropped.run()).isEqualTo(WINDOW);
    assertThat(files(awayIn)).isEmpty();
    carry(awayOut, homeIn);
    assertThat(ship()).isEqualTo(Step.WAITING_FOR_RECEIPTS);
    assertThat(shipper.progress().number()).isEqualTo(WINDOW);
    carry(homeOut, awayIn);
    dropped.run();
    carry(awayOut, homeIn);
    assertThat(ship()).isEqualTo(Step.NOTHING_TO_SHIP);
    assertThat(shipper.progress().nextOffset()).isEqualTo(6);
    assertThat(files(homeIn)).as("answers that are not needed any more").hasSize(1);
  }

  @Test
  void filesInTheWrongOrder_received_waitForTheOneBefore() throws Exception {
    ship();
    List<Path> files = new java.util.ArrayList<>(files(homeOut));
    Collections.reverse(files);
    for (Path file : files) {
      Files.move(file, awayIn.resolve(file.getFileName()));
      int taken = dropped.run();
      assertThat(taken).isEqualTo(files(homeOut).isEmpty() ? WINDOW : 0);
    }
    assertThat(away.list(StatementKind.SEGMENT)).hasSize(WINDOW);
  }

  @Test
  void fileLost_othersThere_isAskedForAndDeliveredAgain() throws Exception {
    ship();
    Files.delete(files(homeOut).get(0));
    carry(homeOut, awayIn);
    assertThat(dropped.run()).isZero();
    passTime();
    dropped.run();
    assertThat(files(awayOut)).singleElement().asString().endsWith(".wanted");
    carry(awayOut, homeIn);
    assertThatThrownBy(this::ship).isInstanceOf(LinkException.class).hasMessageContaining("asks");
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
    ship();
    carry(homeOut, awayIn);
    dropped.run();
    assertThat(away.list(StatementKind.SEGMENT)).hasSize(WINDOW);
  }

  @Test
  void everythingLost_afterATime_isDeliveredAgain() throws Exception {
    ship();
    for (Path file : files(homeOut)) {
      Files.delete(file);
    }
    assertThat(ship()).isEqualTo(Step.WAITING_FOR_RECEIPTS);
    passTime();
    assertThatThrownBy(this::ship).isInstanceOf(LinkException.class).hasMessageContaining("lost");
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
    ship();
    assertThat(files(homeOut)).hasSize(WINDOW);
  }

  @Test
  void gatewayAway_deliveredAgain_isNotDroppedTwice() throws Exception {
    ship();
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
    ship();
    assertThat(files(homeOut)).hasSize(WINDOW);
  }

  @Test
  void damagedFile_received_isSetAsideWithItsReasonAndRefused() throws Exception {
    ship();
    Path first = files(homeOut).get(0);
    byte[] bytes = Files.readAllBytes(first);
    bytes[200] ^= 1;
    Files.write(first, bytes);
    carry(homeOut, awayIn);
    dropped.run();
    Path refused = awayIn.resolve(".refused");
    assertThat(refused.resolve(first.getFileName())).hasBinaryContent(bytes);
    assertThat(refused.resolve(first.getFileName() + ".reason"))
        .content()
        .contains("REPLICA_SIGNATURE_WRONG");
    carry(awayOut, homeIn);
    assertThatThrownBy(this::ship)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("REPLICA_SIGNATURE_WRONG"));
  }

  @Test
  void damagedAnswer_deliveredAgain_isReplaced() throws Exception {
    ship();
    carry(homeOut, awayIn);
    dropped.run();
    Path receipt = files(awayOut).get(0);
    Files.writeString(receipt, "no receipt");
    carry(awayOut, homeIn);
    assertThatThrownBy(this::ship).hasMessageContaining("REPLICA_");
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
    shipper.step();
    carry(homeOut, awayIn);
    dropped.run();
    carry(awayOut, homeIn);
    ship();
    assertThat(shipper.progress().number()).isGreaterThanOrEqualTo(WINDOW);
  }

  @Test
  void crashBeforeTheFileIsRemoved_receivedAgain_isAnsweredTheSame() throws Exception {
    ship();
    carry(homeOut, awayIn);
    Path first = files(awayIn).get(0);
    byte[] bytes = Files.readAllBytes(first);
    dropped.run();
    byte[] receipt = Files.readAllBytes(files(awayOut).get(0));
    Files.write(first, bytes);
    Files.delete(files(awayOut).get(0));
    assertThat(dropped.run()).isEqualTo(1);
    assertThat(files(awayOut)).anySatisfy(file -> assertThat(file).hasBinaryContent(receipt));
  }

  @Test
  void strangersFile_received_isSetAside() throws Exception {
    Files.writeString(awayIn.resolve("notes.txt"), "?");
    assertThat(dropped.run()).isZero();
    assertThat(awayIn.resolve(".refused/notes.txt.reason")).content().contains("harbour");
  }

  @Test
  void manifests_sentFromTheLast_goBackToWhatTheSiblingAsksFor() throws Exception {
    new ManifestMaker(home, TestKeys.TRUST, TestKeys.HOME, 1).make();
    while (shipper.progress().number() < 6) {
      ship();
      carry(homeOut, awayIn);
      dropped.run();
      carry(awayOut, homeIn);
    }
    SliceArchiver archiver =
        new SliceArchiver(
            0, home, TestKeys.TRUST, new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3));
    archiver.archive(0, new TestLog(0, 1).batches(7));
    new ManifestMaker(home, TestKeys.TRUST, TestKeys.HOME, 1).make();
    FileShipper manifests = new FileShipper(StatementKind.MANIFEST, home, link);
    for (int i = 0; i < 8 && away.list(StatementKind.MANIFEST).size() < 2; i++) {
      ship();
      while (manifests.step().isPresent()) {}
      carry(homeOut, awayIn);
      dropped.run();
      passTime();
      dropped.run();
      carry(awayOut, homeIn);
    }
    assertThat(away.list(StatementKind.MANIFEST)).hasSize(2);
  }

  private void shipAllThere() throws Exception {
    while (shipper.progress().number() < 6) {
      ship();
      carry(homeOut, awayIn);
      dropped.run();
      carry(awayOut, homeIn);
    }
  }

  private FileDropLink openLink() throws IOException {
    return new FileDropLink(
        FileSystemDropFolder.open(homeOut),
        FileSystemDropFolder.open(homeIn),
        "harbour",
        "mountain",
        WINDOW,
        PATIENCE,
        Clock.systemUTC(),
        () -> nanos);
  }

  @Test
  void oldAnswerInTheInbox_restartedWhileRefilling_isNotTakenForTheNewOne() throws Exception {
    shipAllThere();
    assertThat(files(homeIn)).as("the answer that was given last").hasSize(1);
    away.files().clear();
    link = openLink();
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
    shipper.refill(0);
    for (int round = 0; round < 3; round++) {
      ship();
      for (Path file : files(homeOut)) {
        if (file.toString().endsWith("6.gseg")) {
          Files.delete(file);
        }
      }
      carry(homeOut, awayIn);
      dropped.run();
      carry(awayOut, homeIn);
    }
    assertThat(away.list(StatementKind.SEGMENT)).hasSize(5);
    assertThat(ship()).isEqualTo(Step.WAITING_FOR_RECEIPTS);
    assertThat(shipper.missing()).isEqualTo(1);
    passTime();
    assertThatThrownBy(this::ship).isInstanceOf(LinkException.class);
    shipper = new SliceShipper(0, home, TestKeys.TRUST, link);
    shipper.refill(5);
    shipAllThere();
    assertThat(shipper.missing()).isZero();
    assertThat(away.list(StatementKind.SEGMENT)).hasSize(6);
  }

  @Test
  void lostInTheMiddle_isAskedFor_droppedOnceForEachRequest_andPutBack() throws Exception {
    shipAllThere();
    ArchiveName lost = ArchiveName.segment(0, 3);
    byte[] whole = away.files().remove(lost);
    var sweep = new ReceivedSweep(away, TestKeys.TRUST);
    var mender = new SegmentMender(home, TestKeys.TRUST, link, () -> nanos);
    dropped.ask(sweep.look().named());
    dropped.ask(sweep.look().named());
    assertThat(files(awayOut)).singleElement().asString().endsWith(".gseg.lost");
    carry(awayOut, homeIn);
    assertThat(mender.step().segments()).containsExactly(lost);
    assertThat(files(homeIn)).noneMatch(file -> file.toString().endsWith(".lost"));
    Files.delete(files(homeOut).get(0));
    passTime();
    assertThat(mender.step().segments()).containsExactly(lost);
    assertThat(files(homeOut)).as("the gateway has it, nobody asks again").isEmpty();
    dropped.ask(sweep.look().named());
    carry(awayOut, homeIn);
    passTime();
    mender.step();
    carry(homeOut, awayIn);
    assertThat(dropped.run()).isEqualTo(1);
    assertThat(away.read(lost)).hasValue(whole);
    dropped.ask(sweep.look().named());
    carry(awayOut, homeIn);
    assertThat(mender.step().segments()).isEmpty();
    assertThat(ship()).isEqualTo(Step.NOTHING_TO_SHIP);
  }

  @Test
  void name_parsed_isTheSame() {
    for (DropName.Kind kind : DropName.Kind.values()) {
      DropName name = new DropName(42, "harbour", ArchiveName.segment(17, 3), kind);
      assertThat(DropName.parse(name.text())).contains(name);
    }
    assertThat(DropName.parse("0000000000000000042_harbour_segments_1_1.gseg")).isEmpty();
    assertThat(DropName.parse("readme.txt")).isEmpty();
  }
}
