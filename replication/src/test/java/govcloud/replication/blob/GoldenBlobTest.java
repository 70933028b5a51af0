package govcloud.replication.blob;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A blob as first released must be read for ever, and sealed again to the same bytes. The file is
 * written once with {@code -Dgolden.write=true} and never changed.
 */
class GoldenBlobTest {
  private static final Path FILE = Path.of("src/test/resources/golden/blob.bin");
  private static final String ADDRESS =
      "735ec868bd32c389739b0311355a99367f44f0b8bb56af12ea8dad941e971a55";

  @TempDir private Path folder;

  private static byte[] content() {
    return "一二三 one two three\n".repeat(3_000).getBytes(StandardCharsets.UTF_8);
  }

  private SealedBlob sealed(Spool spool) throws Exception {
    byte[] text = ByteString.copyFromUtf8("\ntext/plain").concat(content(0)).toByteArray();
    spool.write(text, 0, text.length);
    spool.finish();
    return new SealedBlob(spool, TestKeys.epoch(1), "harbour", "housing");
  }

  private static ByteString content(int from) {
    return ByteString.copyFrom(content()).substring(from);
  }

  @Test
  void content_sealed_givesTheReleasedBytes() throws Exception {
    try (Spool spool = new Spool(folder, new SecureRandom())) {
      SealedBlob sealed = sealed(spool);
      byte[] bytes;
      try (InputStream in = sealed.open()) {
        bytes = in.readAllBytes();
      }
      if (Boolean.getBoolean("golden.write") && !Files.exists(FILE)) {
        Files.write(FILE, bytes);
      }
      assertThat(bytes).hasSize((int) sealed.length()).isEqualTo(Files.readAllBytes(FILE));
      assertThat(sealed.address().text()).isEqualTo(ADDRESS);
    }
  }

  @Test
  void releasedBytes_opened_giveTheContent() throws Exception {
    BlobAddress address = BlobAddress.parse(ADDRESS).orElseThrow();
    Path file = folder.resolve(address.name());
    Files.createDirectories(file.getParent());
    Files.copy(FILE, file);
    BlobStore store = FileSystemBlobStore.open(folder);
    BlobBeginning beginning = BlobBeginning.read(store, address).orElseThrow();
    BlobHeader header = beginning.header();
    var key = TestKeys.epoch(1).blobKey("housing", header.statement().getSalt(), header.hash());
    BlobContent blob = BlobContent.open(store, address, beginning, key);
    assertThat(blob.mediaType()).isEqualTo("text/plain");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BlobContent.Reading reading = blob.read(0, blob.length())) {
      for (Optional<byte[]> piece = reading.next(); piece.isPresent(); piece = reading.next()) {
        out.writeBytes(piece.get());
      }
    }
    assertThat(out.toByteArray()).isEqualTo(content());
    assertThat(BlobCheck.verify(store, address, TestKeys.TRUST)).isEmpty();
  }
}
