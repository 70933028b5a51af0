package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Which nodes shall run. Commands write it, the supervisor makes it so: a node that dies is started
 * again as long as it is wanted.
 */
final class WantedNodes {
  private final ObjectMapper json;
  private final CloudHome home;

  WantedNodes(ObjectMapper json, CloudHome home) {
    this.json = json;
    this.home = home;
  }

  /** One node that the home knows. */
  record Wanted(NodePlan plan, boolean running) {}

  /** All nodes, stopped ones too. */
  List<Wanted> read() {
    List<Wanted> wanted = new ArrayList<>();
    for (JsonNode node : CloudHome.read(json, home.wanted()).path("nodes")) {
      wanted.add(new Wanted(NodePlan.of(node), node.path("running").asBoolean()));
    }
    return wanted;
  }

  /** Replaces everything. */
  void write(List<Wanted> wanted) {
    ObjectNode document = json.createObjectNode();
    ArrayNode nodes = document.putArray("nodes");
    for (Wanted one : wanted) {
      ObjectNode node = nodes.addObject();
      one.plan().describe(node);
      node.put("running", one.running());
    }
    CloudHome.write(json, home.wanted(), document);
  }

  /** Changes it while no other command does. */
  List<Wanted> change(UnaryOperator<List<Wanted>> change) {
    Path lock = home.folder().resolve("wanted.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock was lost");
      }
      List<Wanted> changed = change.apply(read());
      write(changed);
      return changed;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "HOME_NOT_WRITABLE",
          "Cannot lock " + lock + " (" + e.getMessage() + ").");
    }
  }

  /** Says whether one node shall run. */
  void set(String name, boolean running) {
    change(
        wanted ->
            wanted.stream()
                .map(one -> one.plan().name().equals(name) ? new Wanted(one.plan(), running) : one)
                .toList());
  }
}
