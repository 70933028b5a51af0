package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.replication.keys.EpochKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Attachments as they are stored; the same content gives the same bytes. */
public final class TestBlobs {
  private TestBlobs() {}

  /** A plain text of a tenant, sealed. */
  public static byte[] sealed(EpochKeys keys, String origin, String tenant, String content)
      throws IOException {
    byte[] text =
        ByteString.copyFromUtf8("\ntext/plain")
            .concat(ByteString.copyFromUtf8(content))
            .toByteArray();
    Path folder = Files.createTempDirectory("spool");
    try (Spool spool = new Spool(folder, new SecureRandom())) {
      spool.write(text, 0, text.length);
      spool.finish();
      try (InputStream in = new SealedBlob(spool, keys, origin, tenant).open()) {
        return in.readAllBytes();
      }
    } finally {
      Files.deleteIfExists(folder);
    }
  }
}
