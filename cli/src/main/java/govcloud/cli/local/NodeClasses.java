package govcloud.cli.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive of the classes that a node loads, as Java's class data sharing takes it: a node that
 * has it starts with a third less processor time. A running node makes it, once for each build;
 * without one nodes start all the same.
 */
final class NodeClasses {
  private final Path library;
  private final Path archive;

  /**
   * The archive of one build.
   *
   * @param library folder of the node's jars; the archive lies beside it
   */
  NodeClasses(Path library) {
    this.library = library;
    this.archive = library.resolveSibling("node.jsa");
  }

  /** What Java is told so that it takes the archive; nothing while there is none of this build. */
  List<String> options() {
    return isCurrent()
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off")
        : List.of();
  }

  /**
   * Has a node make the archive, if it is missing, and waits for that. What goes wrong is told and
   * changes nothing.
   *
   * @param node process id of a node that has loaded what a node needs
   */
  void make(long node) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (isCurrent() || !Files.isExecutable(tool) || !Files.isWritable(archive.getParent())) {
      return;
    }
    Path made = archive.resolveSibling("node.jsa.new");
    try (FileChannel file =
            FileChannel.open(archive.resolveSibling("node.jsa.lock"), WRITE, CREATE);
        FileLock lock = file.tryLock()) {
      if (lock == null) {
        return; // another cloud's node is at it
      }
      Process dump =
          new ProcessBuilder(tool.toString(), "" + node, "VM.cds", "static_dump", made.toString())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      if (dump.waitFor() == 0 && Files.exists(made)) {
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      System.err.println("the archive of the node's classes was not made: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isCurrent() {
    try (Stream<Path> jars = Files.list(library)) {
      FileTime made = Files.getLastModifiedTime(archive);
      for (Path jar : jars.toList()) {
        if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
          return false;
        }
      }
      return true;
    } catch (IOException missing) {
      return false;
    }
  }
}
