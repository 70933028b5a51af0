package govcloud.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Nodes whose supervisor was killed; Cassandra ends by itself then, nodes do not. */
final class Orphans {
  private final CloudHome home;

  Orphans(CloudHome home) {
    this.home = home;
  }

  /** Ends every process that was started with a configuration of this home. */
  int end() {
    List<ProcessHandle> found = find();
    found.forEach(ProcessHandle::destroy);
    for (ProcessHandle process : found) {
      try {
        process.onExit().get(20, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        process.destroyForcibly();
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
    return found.size();
  }

  private List<ProcessHandle> find() {
    Path nodes = home.folder().resolve("nodes");
    if (!Files.isDirectory(nodes)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(nodes)) {
      return folders.flatMap(folder -> process(folder).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The node of a folder, if its process id still belongs to it. */
  private static Optional<ProcessHandle> process(Path folder) {
    try {
      long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
      String mark = "-Dconfig.file=" + folder.resolve("node.conf");
      return ProcessHandle.of(pid)
          .filter(
              process -> process.info().arguments().map(List::of).orElse(List.of()).contains(mark));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
