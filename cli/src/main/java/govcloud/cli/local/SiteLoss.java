package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The loss of a site: every process of a cloud is killed at once and its disks are gone. What
 * people keep elsewhere stays: shares, the operator's token, the plan of the machines.
 */
final class SiteLoss {
  private static final List<String> DISKS =
      List.of("cassandra", "archive", "received", "keys", "nodes");

  private final ObjectMapper json;
  private final CloudHome home;

  SiteLoss(ObjectMapper json, CloudHome home) {
    this.json = json;
    this.home = home;
  }

  /** Kills everything; how many processes that were. */
  int kill() {
    ObjectNode cloud = CloudHome.read(json, home.cloud());
    List<Long> pids = new ArrayList<>();
    // The supervisor first: it would start the others again.
    pids.add(cloud.path("supervisor_pid").asLong());
    pids.add(cloud.path("cassandra").path("pid").asLong());
    for (JsonNode node : cloud.path("nodes")) {
      pids.add(node.path("pid").asLong());
    }
    List<ProcessHandle> processes =
        pids.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(SiteLoss::awaitEnd);
    return processes.size();
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "STILL_RUNNING", "Process " + process.pid() + " does not end.");
    }
  }

  /** Deletes the disks; how many bytes were on them. */
  long destroyDisks() {
    long bytes = 0;
    try {
      for (String disk : DISKS) {
        bytes += Folders.delete(home.folder().resolve(disk));
      }
      Files.deleteIfExists(home.cloud());
      return bytes;
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "HOME_NOT_WRITABLE", "Cannot delete the site: " + e.getMessage());
    }
  }
}
