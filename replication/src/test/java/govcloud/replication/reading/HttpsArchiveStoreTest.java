package govcloud.replication.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.reading.ReadingServer.Trouble;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.ArchiveStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica that is read over HTTPS, over lines that are slow, break and lie. */
@Tag("slow")
class HttpsArchiveStoreTest extends ArchiveStoreContract {
  private static final ArchiveName NAME = ArchiveName.segment(3, 7);

  @TempDir private Path folder;
  private ReadArchive archive;

  @BeforeEach
  void start() throws Exception {
    archive = new ReadArchive(folder);
  }

  @AfterEach
  void stop() {
    archive.close();
  }

  @Override
  protected ArchiveStore store() throws Exception {
    return archive.files();
  }

  /** A file of more than two pieces. */
  private byte[] put() throws Exception {
    byte[] bytes = new byte[5 << 20];
    new Random(7).nextBytes(bytes);
    store().put(NAME, ByteString.copyFrom(bytes));
    return bytes;
  }

  private static AbstractThrowableAssert<?, ?> assertRead(ArchiveStore store, ArchiveDefect as) {
    return assertThatThrownBy(() -> store.read(NAME))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class, e -> assertThat(e.defect()).isEqualTo(as));
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "CUT", "STALL", "BUSY", "WRONG", "MISPLACED"})
  void file_withTroubleNowAndThen_comesWhole(Trouble trouble) throws Exception {
    byte[] bytes = put();
    archive.server().troubles(number -> number == 2 ? trouble : Trouble.NONE);
    assertThat(store().read(NAME)).hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
  }

  @Test
  void brokenFile_goesOnBehindWhatHasCome() throws Exception {
    byte[] bytes = put();
    archive.server().troubles(number -> number % 2 == 0 ? Trouble.CUT : Trouble.NONE);
    assertThat(store().read(NAME)).hasValueSatisfying(b -> assertThat(b).isEqualTo(bytes));
    assertThat(archive.server().asked())
        .filteredOn(asked -> asked.contains("bytes=0-"))
        .as("from the beginning once")
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT", "STALL", "BUSY", "MISPLACED"})
  void lineThatStaysBroken_isToldWithThePlace(Trouble trouble) throws Exception {
    put();
    archive.server().troubles(number -> number > 2 ? trouble : Trouble.NONE);
    assertRead(store(), ArchiveDefect.ARCHIVE_UNAVAILABLE)
        .hasMessageContaining(NAME.text() + " from byte 3145728")
        .hasMessageContaining("tried 4 times");
  }

  @Test
  void bytesThatStayWrong_areToldAndNotTakenForDamage() throws Exception {
    put();
    archive.server().troubles(number -> Trouble.WRONG);
    assertRead(store(), ArchiveDefect.ARCHIVE_BYTES_WRONG).hasMessageContaining(NAME.text());
  }

  @Test
  void fileThatGetsShorter_isToldAndNotTakenForRefusal() throws Exception {
    byte[] bytes = put();
    Path file = folder.resolve("received").resolve(NAME.text());
    archive
        .server()
        .troubles(
            number -> {
              try {
                Files.write(file, number == 1 ? bytes : new byte[10]);
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return Trouble.NONE;
            });
    assertRead(store(), ArchiveDefect.ARCHIVE_BYTES_WRONG).hasMessageContaining("shorter");
  }

  @Test
  void emptyFile_isReadAsThatAndNotAsAbsent() throws Exception {
    store().put(NAME, ByteString.EMPTY);
    assertThat(store().read(NAME)).hasValueSatisfying(b -> assertThat(b).isEmpty());
  }

  @Test
  void listOverALineThatBreaks_isWhole() throws Exception {
    for (long number = 1; number <= 23; number++) {
      store().put(ArchiveName.manifest(number), ByteString.copyFromUtf8("a manifest"));
    }
    archive.server().troubles(number -> number % 2 == 0 ? Trouble.CUT : Trouble.NONE);
    assertThat(store().list(StatementKind.MANIFEST)).hasSize(23).doesNotHaveDuplicates();
    archive.server().troubles(number -> Trouble.WRONG);
    assertThatThrownBy(() -> store().list(StatementKind.MANIFEST))
        .isInstanceOf(ArchiveStoreException.class)
        .hasMessageContaining("list/manifest")
        .hasMessageContaining("came as something else");
  }

  @Test
  void reader_withoutGrant_isRefusedAtOnce() throws Exception {
    put();
    archive.server().troubles(number -> Trouble.NONE);
    assertRead(new HttpsArchiveStore(archive.strangersLine()), ArchiveDefect.ARCHIVE_REFUSED)
        .hasMessageContaining("keys reader");
    assertThat(archive.server().asked()).isEmpty();
  }

  @Test
  void otherServer_isToldNothing() throws Exception {
    put();
    archive.server().troubles(number -> Trouble.NONE);
    assertRead(new HttpsArchiveStore(archive.lineToStranger()), ArchiveDefect.ARCHIVE_REFUSED)
        .hasMessageContaining("another server");
    assertThat(archive.server().asked()).isEmpty();
  }

  @Test
  void otherCloudsReplica_isRefused() throws Exception {
    put();
    archive.server().troubles(number -> Trouble.NONE);
    assertRead(new HttpsArchiveStore(archive.lineForOtherCloud()), ArchiveDefect.ARCHIVE_REFUSED);
    assertThat(archive.server().asked()).hasSize(1);
  }

  @Test
  void nobodyThere_isUnavailable() throws Exception {
    archive.close();
    assertRead(new HttpsArchiveStore(archive.line()), ArchiveDefect.ARCHIVE_UNAVAILABLE);
  }

  @Test
  void nothing_isEverWritten() throws Exception {
    ArchiveStore store = new HttpsArchiveStore(archive.line());
    assertThatThrownBy(() -> store.put(NAME, ByteString.EMPTY))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
