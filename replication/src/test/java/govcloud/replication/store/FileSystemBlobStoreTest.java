package govcloud.replication.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemBlobStoreTest extends BlobStoreContract {
  @TempDir private Path folder;

  @Override
  protected BlobStore store() throws Exception {
    return FileSystemBlobStore.open(folder);
  }

  @Test
  void blob_putOrRefused_leavesNothingIncoming() throws Exception {
    BlobStore store = store();
    byte[] bytes = bytes(1);
    store.put(address(bytes), source(bytes));
    assertThatThrownBy(() -> store.put(address(bytes(2)), source(bytes)))
        .isInstanceOf(ArchiveStoreException.class);
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void damagedBlob_putAgain_isAConflict() throws Exception {
    BlobStore store = store();
    byte[] bytes = bytes(1);
    BlobAddress address = address(bytes);
    store.put(address, source(bytes));
    Files.write(folder.resolve(address.name()), bytes(2));
    assertThatThrownBy(() -> store.put(address, source(bytes)))
        .isInstanceOfSatisfying(
            ArchiveStoreException.class,
            e -> assertThat(e.defect()).isEqualTo(ArchiveDefect.ARCHIVE_CONFLICT));
  }

  @Test
  void strangeFiles_listed_arePassedOver() throws Exception {
    BlobStore store = store();
    Files.createDirectories(folder.resolve("blobs/ab"));
    Files.writeString(folder.resolve("blobs/ab/" + "cd".repeat(32)), "?");
    Files.writeString(folder.resolve("blobs/notes.txt"), "?");
    store.list(blob -> assertThat(blob).isNull());
  }

  @Test
  void severalWriters_putOneBlob_oneOfThemIsNew() throws Exception {
    BlobStore store = store();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      byte[] bytes = bytes(1);
      List<Callable<Stored>> puts = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        puts.add(() -> store.put(address(bytes), source(bytes)));
      }
      List<Stored> stored = new ArrayList<>();
      for (Future<Stored> put : writers.invokeAll(puts)) {
        stored.add(put.get());
      }
      assertThat(stored).containsOnlyOnce(Stored.NEW);
    } finally {
      writers.shutdownNow();
    }
  }
}
