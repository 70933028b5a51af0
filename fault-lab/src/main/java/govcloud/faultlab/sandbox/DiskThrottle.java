package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Slows a disk down for one process, by the first version of control groups where there is one. */
public final class DiskThrottle {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup/blkio");

  private DiskThrottle() {}

  /** Whether this machine can slow a disk down. */
  public static boolean isPossible() {
    return Files.isWritable(GROUPS.resolve("blkio.throttle.write_iops_device"));
  }

  private static Path group(String name) {
    return GROUPS.resolve(name);
  }

  /** Lets {@code pid} write so many times a second to a device. */
  public static void limit(String name, long pid, String device, int writes) {
    try {
      Path group = Files.createDirectories(group(name));
      write(group, "blkio.throttle.write_iops_device", device + " " + writes);
      write(group, "cgroup.procs", Long.toString(pid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes that were made under the limit. */
  public static long writes(String name, String device) {
    try {
      return Files.readAllLines(group(name).resolve("blkio.throttle.io_serviced")).stream()
          .filter(line -> line.startsWith(device + " Write "))
          .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the limit; the process, if it still runs, goes back to where it was. */
  public static void end(String name, String device) {
    Path group = group(name);
    try {
      write(group, "blkio.throttle.write_iops_device", device + " 0");
      for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
        write(GROUPS, "cgroup.procs", pid);
      }
      Files.delete(group);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path group, String file, String text) throws IOException {
    Files.writeString(group.resolve(file), text);
  }
}
