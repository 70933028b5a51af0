package govcloud.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.recovery.LostCloud;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The recovery as an operator starts it: a process of its own with little memory.
 *
 * @param cloud that is lost
 * @param port of Cassandra
 * @param keyspace into which it is restored
 * @param threads of the tool
 */
record OwnProcess(LostCloud cloud, int port, String keyspace, int threads) {
  private static final String HEAP = "-Xmx256m";
  private static final long LOOK_MILLIS = 100;

  /**
   * Restores and proves everything with one command, and prints how long and how large it was.
   *
   * @param opens whether the first department is brought back before the log of all
   */
  void run(boolean opens, long records, Report report) throws Exception {
    Path out = Files.createTempFile("recover", ".json");
    Path words = Files.createTempFile("recover", ".txt");
    try {
      long began = System.nanoTime();
      Process tool =
          new ProcessBuilder(line(opens))
              .redirectOutput(out.toFile())
              .redirectError(words.toFile())
              .start();
      long peak = peak(tool);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (tool.exitValue() != 0) {
        throw new IllegalStateException("recover: " + Files.readString(words));
      }
      JsonNode proof = new ObjectMapper().readTree(lastLine(out));
      report.say(
          "  in a process of its own%s, heap %s: %,d of %,d records proved after %.1f s with the"
              + " start of its JVM, the first department after %.1f s; most resident memory"
              + " %,d MiB with what it starts, load %.1f",
          opens ? " with --open" : "",
          HEAP.replace("-Xmx", ""),
          proof.path("records").asLong(),
          records,
          seconds,
          proof.path("first_tenant_seconds").asDouble(),
          peak >> 20,
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    } finally {
      Files.delete(out);
      Files.delete(words);
    }
  }

  /** What the libraries log may stand before it. */
  private static String lastLine(Path out) throws IOException {
    List<String> lines = Files.readAllLines(out);
    return lines.get(lines.size() - 1);
  }

  private List<String> line(boolean opens) {
    List<String> line = new ArrayList<>();
    if (opens) {
      line.add("--open");
    }
    line.addAll(
        0,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            "govcloud.recovery.command.RecoverMain",
            "restore",
            "--prove",
            "--archive=" + cloud.archive(),
            "--shares=" + cloud.shares().get(0).getParent(),
            "--cassandra=127.0.0.1:" + port,
            "--keyspace=" + keyspace,
            "--threads=" + threads,
            "--output=jsonl"));
    return line;
  }

  /**
   * The most resident memory that the process and its children had, in bytes; waits for its end.
   */
  private static long peak(Process tool) throws InterruptedException {
    Map<Long, Long> peaks = new HashMap<>();
    while (tool.isAlive()) {
      Stream.concat(Stream.of(tool.pid()), tool.descendants().map(ProcessHandle::pid))
          .forEach(
              pid ->
                  new ProcessMeter(pid)
                      .residentPeakBytes()
                      .ifPresent(bytes -> peaks.put(pid, bytes)));
      Thread.sleep(LOOK_MILLIS);
    }
    return peaks.values().stream().mapToLong(n -> n).sum();
  }
}
