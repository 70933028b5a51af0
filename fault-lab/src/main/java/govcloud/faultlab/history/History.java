package govcloud.faultlab.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole run as its clients saw it. In a file each line is a JSON object that has either an
 * operation or a fault.
 *
 * @param operations in the order in which they ended
 * @param faults in the order in which they were taken back
 */
public record History(List<Operation> operations, List<Injected> faults) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps its own copies. */
  public History {
    operations = List.copyOf(operations);
    faults = List.copyOf(faults);
  }

  /** Reads a file that {@link Recorder} or {@link #write} made. */
  public static History read(Path file) throws IOException {
    List<Operation> operations = new ArrayList<>();
    List<Injected> faults = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = JSON.readTree(line);
      if (node.has("operation")) {
        operations.add(JSON.treeToValue(node.get("operation"), Operation.class));
      } else {
        faults.add(JSON.treeToValue(node.get("fault"), Injected.class));
      }
    }
    return new History(operations, faults);
  }

  /** Writes everything. */
  public void write(Writer out) throws IOException {
    for (Operation operation : operations) {
      out.write(line("operation", operation));
    }
    for (Injected fault : faults) {
      out.write(line("fault", fault));
    }
  }

  static String line(String name, Object value) throws IOException {
    return JSON.writeValueAsString(java.util.Map.of(name, value)) + "\n";
  }
}
