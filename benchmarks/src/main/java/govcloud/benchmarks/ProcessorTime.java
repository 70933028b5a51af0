package govcloud.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Processor time that nodes in this JVM and their Cassandra have used, in seconds.
 *
 * @param own of this JVM, its compilers and whoever loads it included
 * @param compilers of this JVM alone; one that has just started uses a good part of two cores
 * @param cassandra of Cassandra
 */
record ProcessorTime(double own, double compilers, double cassandra) {

  private static final double MILLIS = 1_000;

  /** Until now. */
  static ProcessorTime now(BenchmarkCassandra cassandra) {
    long pid = ProcessHandle.current().pid();
    return new ProcessorTime(
        new ProcessMeter(pid).cpuSeconds(), compilers(pid), cassandra.meter().cpuSeconds());
  }

  private static double compilers(long pid) {
    double seconds = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        // The kernel keeps fifteen characters of a name.
        if (Files.readString(thread.resolve("comm")).matches("C[12] CompilerThre\\s*")) {
          seconds += ProcessMeter.cpuSeconds(thread);
        }
      }
      return seconds;
    } catch (IOException e) {
      throw new UncheckedIOException("threads of this JVM: not readable", e);
    }
  }

  /** What each of so many has cost since an earlier moment, in words. */
  String each(long count, ProcessorTime before) {
    return "%.1f ms of nodes and callers, %.1f ms of compilers, %.1f ms of Cassandra"
        .formatted(
            (own - compilers - before.own + before.compilers) * MILLIS / count,
            (compilers - before.compilers) * MILLIS / count,
            (cassandra - before.cassandra) * MILLIS / count);
  }
}
