package govcloud.benchmarks;

import govcloud.domain.sharing.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file and a batch through the gateway of a node with little memory, beside the same file as the
 * provider itself downloads it from the same node; files of two sizes, so that it shows whether the
 * size matters.
 */
final class WholeFigures {

  private static final String HEAP = "-Xmx128m";
  private static final double MEGA = 1 << 20;
  private static final int BUFFER = 1 << 16;
  private static final int TAIL = 1 << 10;
  private static final int BEING_READ = 503;
  private static final long AGAIN_MILLIS = 100;

  private final Options options;
  private final BenchmarkCassandra cassandra;
  private final Report report;

  WholeFigures(Options options, BenchmarkCassandra cassandra, Report report) {
    this.options = options;
    this.cassandra = cassandra;
    this.report = report;
  }

  /**
   * What came.
   *
   * @param lines how often a line ended
   * @param last the last bytes of it
   */
  private record Come(long bytes, long lines, String last, double seconds) {
    double megabytesPerSecond(double megabytes) {
      return megabytes / seconds;
    }
  }

  void run() throws Exception {
    var cloud = new WholeCloud(options, cassandra);
    cloud.prepare(options.megabytes());
    try (var node = cloud.process(HEAP)) {
      for (int megabytes : options.megabytes()) {
        report.say(
            "a node with %s, a file of %,d MiB, load %.1f",
            HEAP, megabytes, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        run(cloud, node, megabytes);
      }
    }
  }

  private void run(WholeCloud cloud, NodeProcess node, int megabytes) throws Exception {
    var meter = node.meter();
    var url = node.url();
    meter.forgetResidentPeak();
    var bare = whole(cloud, cloud.bare(url, megabytes));
    double size = bare.bytes() / MEGA;
    say("provider's own download", bare, size, bare, meter);
    meter.forgetResidentPeak();
    var request = cloud.whole(url, megabytes, Mode.FILE, "whole-" + megabytes);
    double digest = awaitDigest(cloud, request);
    var file = whole(cloud, request);
    say("file", file, size, bare, meter);
    report.say("    its digest was ready after %.1f s, once", digest);
    if (file.bytes() != bare.bytes()) {
      throw new IllegalStateException("file: " + file.bytes() + " of " + bare.bytes() + " bytes");
    }
    meter.forgetResidentPeak();
    var batch = whole(cloud, cloud.whole(url, megabytes, Mode.BATCH, "whole-batch-" + megabytes));
    say("batch, of the provider's bytes", batch, size, bare, meter);
    report.say(
        "    %,d records, %,.0f/s, masked and recorded",
        batch.lines() - 1, (batch.lines() - 1) / batch.seconds());
    if (!batch.last().contains("\"records\":" + (batch.lines() - 1) + ",")) {
      throw new IllegalStateException("batch: cut off: " + batch.last());
    }
  }

  private void say(String what, Come come, double size, Come bare, ProcessMeter meter) {
    report.say(
        "  %s: %,.1f MiB/s, x %.2f, most resident memory %,d MiB",
        what,
        come.megabytesPerSecond(size),
        bare.seconds() / come.seconds(),
        meter.residentPeakBytes().orElse(0) >> 20);
  }

  /** Seconds until the file may leave: it is read through before. */
  private static double awaitDigest(WholeCloud cloud, HttpRequest request)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      var answer = cloud.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() == 200) {
          return (System.nanoTime() - begin) / 1e9;
        }
        if (answer.statusCode() != BEING_READ) {
          throw refused(answer.statusCode(), body);
        }
      }
      Thread.sleep(AGAIN_MILLIS);
    }
  }

  private static IOException refused(int status, InputStream body) throws IOException {
    return new IOException(status + ": " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
  }

  private static Come whole(WholeCloud cloud, HttpRequest request)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var answer = cloud.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw refused(answer.statusCode(), body);
      }
      return read(body, begin);
    }
  }

  private static Come read(InputStream body, long begin) throws IOException {
    var buffer = new byte[BUFFER];
    var tail = new byte[0];
    long bytes = 0;
    long lines = 0;
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      bytes += read;
      for (int i = 0; i < read; i++) {
        lines += buffer[i] == '\n' ? 1 : 0;
      }
      tail = tail(tail, buffer, read);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Come(bytes, lines, new String(tail, StandardCharsets.UTF_8), seconds);
  }

  private static byte[] tail(byte[] before, byte[] buffer, int read) {
    int kept = Math.min(before.length, Math.max(0, TAIL - read));
    int added = Math.min(read, TAIL);
    var tail = Arrays.copyOfRange(before, before.length - kept, before.length + added);
    System.arraycopy(buffer, read - added, tail, kept, added);
    return tail;
  }
}
