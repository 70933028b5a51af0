package govcloud.replication.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.s3.S3Client;

/** Starts an S3 server as a process, and ends it. */
public final class S3Server implements AutoCloseable {
  private final Process process;
  private final Path folder;
  private final int port;

  /** Starts it; it keeps its objects in a folder. */
  public S3Server(Path folder) throws IOException {
    this.folder = folder;
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                S3ServerMain.class.getName(),
                folder.toString())
            .redirectError(folder.resolveSibling("s3.log").toFile())
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("S3 server: ended at once (expected: its port)");
    }
    port = Integer.parseInt(line.substring(5));
  }

  /** A client with the server's own credentials. */
  public S3Client client() throws IOException {
    return bucket("some-bucket", "").client();
  }

  /** A bucket as settings name it, with the server's own credentials in a file. */
  public Bucket bucket(String name, String prefix) throws IOException {
    Path file = folder.resolveSibling("s3-credentials");
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          file,
          """
          [default]
          aws_access_key_id = %s
          aws_secret_access_key = %s
          """
              .formatted(S3ServerMain.IDENTITY, S3ServerMain.CREDENTIAL));
    }
    return new Bucket(
        Optional.of(URI.create("http://127.0.0.1:" + port)), "us-east-1", name, prefix, file);
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
