package govcloud.recovery.salvage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is given up where a cloud goes on before the damaged end of its replica: beside the archive
 * that was saved, for whoever approves it.
 */
public final class GivenUp {
  private static final String FILE = "given-up.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GivenUp() {}

  /** Writes it into the folder of the archive that was saved. */
  static void write(Path folder, ObjectNode content) throws IOException {
    Files.write(
        folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
  }

  /** An empty document. */
  static ObjectNode document() {
    return JSON.createObjectNode();
  }

  /**
   * What was given up of an archive.
   *
   * @param place of the archive
   * @return empty: nothing, or it is not in a folder
   */
  public static Optional<JsonNode> find(String place) throws IOException {
    Path file = Path.of(place).resolve(FILE);
    return Files.isRegularFile(file)
        ? Optional.of(JSON.readTree(Files.readAllBytes(file)))
        : Optional.empty();
  }
}
