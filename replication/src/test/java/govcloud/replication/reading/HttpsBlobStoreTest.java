package govcloud.replication.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.blob.BlobStore;
import govcloud.replication.reading.ReadingServer.Trouble;
import govcloud.replication.store.BlobStoreContract;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attachments that are read over HTTPS. */
@Tag("slow")
class HttpsBlobStoreTest extends BlobStoreContract {
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
  protected BlobStore store() throws Exception {
    return archive.blobs();
  }

  @Test
  void blob_readOverALineThatBreaks_isWhole() throws Exception {
    byte[] bytes = bytes(9_000_000);
    BlobStore store = store();
    store.put(address(bytes), source(bytes));
    archive.server().troubles(number -> number % 2 == 1 ? Trouble.CUT : Trouble.SLOW);
    try (InputStream in = store.read(address(bytes), 0, bytes.length).orElseThrow()) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
    assertThat(archive.server().asked()).hasSizeGreaterThan(4);
  }

  @Test
  void lineThatStaysBroken_endsTheStreamWithAnErrorAndNotWithItsEnd() throws Exception {
    byte[] bytes = bytes(9_000_000);
    BlobStore store = store();
    store.put(address(bytes), source(bytes));
    archive.server().troubles(number -> number > 1 ? Trouble.BUSY : Trouble.NONE);
    try (InputStream in = store.read(address(bytes), 0, bytes.length).orElseThrow()) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(java.io.IOException.class)
          .hasMessageContaining(address(bytes).name() + " from byte 1048576")
          .hasMessageContaining("503");
    }
  }
}
