package govcloud.replication.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Erasure;
import govcloud.replication.statement.StatementKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemArchiveStoreTest extends ArchiveStoreContract {
  @TempDir private Path folder;

  @Override
  protected ArchiveStore store() throws Exception {
    return FileSystemArchiveStore.open(folder.resolve("archive"));
  }

  @Test
  void halfWrittenFile_opened_isNeitherListedNorKept() throws Exception {
    store().put(ArchiveName.segment(0, 1), ByteString.copyFromUtf8("whole"));
    Path torn = folder.resolve("archive/incoming/0000000000000000002.gseg.123");
    Files.writeString(torn, "ha");
    ArchiveStore again = store();
    assertThat(torn).doesNotExist();
    assertThat(again.list(StatementKind.SEGMENT)).containsExactly(ArchiveName.segment(0, 1));
  }

  @Test
  void file_put_leavesNothingIncoming() throws Exception {
    store().put(ArchiveName.segment(0, 1), ByteString.copyFromUtf8("whole"));
    assertThat(folder.resolve("archive/incoming")).isEmptyDirectory();
  }

  @Test
  void settledFile_isKnownWithItsTime_untilNewerOnesPushItOut() {
    SettledFiles settled = new SettledFiles();
    Path file = folder.resolve("1.gseg");
    settled.add(file, FileTime.fromMillis(5));
    assertThat(settled.has(file, FileTime.fromMillis(5))).isTrue();
    assertThat(settled.has(file, FileTime.fromMillis(6))).as("another took its place").isFalse();
    assertThat(settled.has(folder.resolve("2.gseg"), FileTime.fromMillis(5))).isFalse();
    for (int number = 0; number < SettledFiles.MOST; number++) {
      settled.add(folder.resolve("newer-" + number), FileTime.fromMillis(7));
    }
    assertThat(settled.has(file, FileTime.fromMillis(5))).isFalse();
  }

  @Test
  void strangeFiles_listed_arePassedOver() throws Exception {
    ArchiveStore store = store();
    store.put(ArchiveName.segment(0, 1), ByteString.copyFromUtf8("whole"));
    Files.writeString(folder.resolve("archive/segments/00000/1.gseg"), "?");
    Files.writeString(folder.resolve("archive/segments/notes.txt"), "?");
    assertThat(store.list(StatementKind.SEGMENT)).containsExactly(ArchiveName.segment(0, 1));
  }

  @Test
  void folderThatIsAFile_opened_isUnavailable() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "?");
    assertThatThrownBy(() -> FileSystemArchiveStore.open(file))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class,
            e -> assertThat(e.defect()).isEqualTo(ArchiveDefect.ARCHIVE_UNAVAILABLE));
  }

  @Test
  void archiveOfAnother_isRead_andNothingInItChanges() throws Exception {
    store().put(ArchiveName.segment(0, 1), ByteString.copyFromUtf8("whole"));
    Path underWay = folder.resolve("archive/incoming/0000000000000000002.gseg.123");
    Files.writeString(underWay, "ha");
    ArchiveStore looked = FileSystemArchiveStore.readOnly(folder.resolve("archive"));
    assertThat(looked.list(StatementKind.SEGMENT)).containsExactly(ArchiveName.segment(0, 1));
    assertThat(looked.read(ArchiveName.segment(0, 1))).isPresent();
    assertThatThrownBy(
            () -> looked.put(ArchiveName.segment(0, 2), ByteString.copyFromUtf8("whole")))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Erasure) looked).erase(ArchiveName.segment(0, 1)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(underWay).exists();
    assertThat(FileSystemArchiveStore.readOnly(folder.resolve("none")).list(StatementKind.CUT))
        .isEmpty();
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
