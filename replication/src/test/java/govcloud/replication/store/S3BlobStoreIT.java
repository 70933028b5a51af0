package govcloud.replication.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("slow")
class S3BlobStoreIT extends BlobStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @TempDir private static Path folder;
  private static S3Server server;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server(folder.resolve("objects"));
    client = server.client();
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.close();
  }

  @Override
  protected BlobStore store() throws IOException {
    String bucket = "blobs-" + BUCKETS.incrementAndGet();
    client.createBucket(request -> request.bucket(bucket));
    return server.bucket(bucket, "harbour/").blobs(client);
  }

  @Test
  void absentBucket_put_isUnavailable() {
    byte[] bytes = bytes(1);
    assertThatThrownBy(
            () -> new S3BlobStore(client, "absent", "").put(address(bytes), source(bytes)))
        .isInstanceOf(ArchiveStoreException.class);
  }
}
