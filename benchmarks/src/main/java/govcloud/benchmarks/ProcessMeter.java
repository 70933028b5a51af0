package govcloud.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a process has used so far, by the kernel's count.
 *
 * @param pid of the process
 */
record ProcessMeter(long pid) {

  private static final double TICKS_PER_SECOND = 100;
  private static final double IDLE_SHARE = 0.06;

  /** Processor time in seconds, of user and kernel. */
  double cpuSeconds() {
    return cpuSeconds(read("stat"));
  }

  /** The same of one thread. */
  static double cpuSeconds(Path thread) throws IOException {
    return cpuSeconds(Files.readString(thread.resolve("stat")));
  }

  private static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  /** Bytes sent to the disk: commit log, tables, compaction. */
  long writtenBytes() {
    return field(read("io"), "write_bytes:");
  }

  /** Resident memory in bytes. */
  long residentBytes() {
    return field(read("status"), "VmRSS:") * 1024;
  }

  /** The most resident memory in bytes that it ever had; empty when it has ended. */
  OptionalLong residentPeakBytes() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException ended) {
      return OptionalLong.empty();
    }
  }

  /** From now on the most resident memory is that since this moment. */
  void forgetResidentPeak() throws IOException {
    Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
  }

  /** Waits until the process has done next to nothing for a second, at most some seconds. */
  void awaitIdle(int seconds) throws InterruptedException {
    double before = cpuSeconds();
    for (int i = 0; i < seconds; i++) {
      Thread.sleep(1000);
      double now = cpuSeconds();
      if (now - before < IDLE_SHARE) {
        return;
      }
      before = now;
    }
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + ": gone (expected: running)", e);
    }
  }

  private static long field(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
