package govcloud.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of 100 MB goes in and out through a process with a heap of 48 MiB. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AttachmentStreamIT {

  private static final long LENGTH = 100_000_000;

  @TempDir private Path folder;

  @Test
  void largeFile_throughASmallHeap_comesBackAsItWas() throws Exception {
    var process = start();
    try (var out = process.inputReader(StandardCharsets.UTF_8)) {
      var line = out.readLine();
      assertThat(line).as(Files.readString(folder.resolve("house.log"))).startsWith("http://");
      var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      var sent = new Pattern();
      var answer =
          http.send(
              request(line + "/v1/tenants/harbour/attachments")
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofInputStream(() -> sent))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      var json = new ObjectMapper().readTree(answer.body());
      assertThat(json.path("length").asLong()).isEqualTo(LENGTH);
      var fetched =
          http.send(
              request(line + "/v1/tenants/harbour/attachments/" + json.path("address").asText())
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(fetched.headers().firstValueAsLong("content-length")).hasValue(LENGTH);
      try (var body = fetched.body()) {
        assertThat(hash(body)).isEqualTo(sent.hash());
      }
    } finally {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx48m",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:+UseSerialGC",
            "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AttachmentHouseMain.class.getName(),
            folder.toString())
        .redirectError(folder.resolve("house.log").toFile())
        .start();
  }

  private static HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri))
        .timeout(Duration.ofMinutes(2))
        .header("Authorization", "Bearer " + AttachmentHouse.TOKEN);
  }

  private static String hash(InputStream in) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    var buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Text that never repeats for long, hashed while it is read. */
  private static final class Pattern extends InputStream {
    private final Random random = new Random(1);
    private final MessageDigest digest = sha256();
    private long left = LENGTH;

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int read() {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (left == 0) {
        return -1;
      }
      int run = (int) Math.min(length, left);
      int letter = random.nextInt(26);
      for (int i = from; i < from + run; i++) {
        into[i] = (byte) ('a' + (letter + i) % 26);
      }
      digest.update(into, from, run);
      left -= run;
      return run;
    }

    String hash() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
