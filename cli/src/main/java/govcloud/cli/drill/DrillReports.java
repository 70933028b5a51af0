package govcloud.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The reports of all drills, as {@code recover drill} left them: a folder for each. */
final class DrillReports {
  private static final String BEGUN = "begun.json";
  private static final String REPORT = "report.json";

  /** So many tell where it goes: with everything once a week, the last three months. */
  private static final int TREND = 12;

  private final ObjectMapper json = Json.mapper();
  private final Path folder;

  DrillReports(Path folder) {
    this.folder = folder;
  }

  /** All drills, the newest first. One that never ended has the outcome {@code not_ended}. */
  List<JsonNode> list() {
    List<JsonNode> drills = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return drills;
    }
    try (Stream<Path> folders = Files.list(folder)) {
      for (Path drill : folders.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.exists(drill.resolve(BEGUN))) {
          drills.add(read(drill));
        }
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    return drills;
  }

  /**
   * One drill with what its signature is worth.
   *
   * @throws CommandFailure when there is none of this name
   */
  ObjectNode show(String drill) {
    Path place = folder.resolve(drill);
    if (!drill.matches("[a-z0-9-]{1,63}") || !Files.exists(place.resolve(BEGUN))) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "DRILL_MISSING",
          "drill: " + drill + " (expected: one of `govcloud drill list`)");
    }
    try {
      return read(place).put("signature", signature(place));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The last good drills of everything up to this one, the oldest first: what recovery time and
   * point have come to. A report that its key did not sign tells nothing.
   *
   * @param drill its name, which tells when it began
   */
  List<JsonNode> trend(String drill) {
    List<JsonNode> trend = new ArrayList<>();
    for (JsonNode one : list()) {
      String name = one.path("drill").asText();
      if (trend.size() < TREND && name.compareTo(drill) <= 0 && showsAll(one) && isSigned(name)) {
        trend.add(0, one);
      }
    }
    return trend;
  }

  private static boolean showsAll(JsonNode drill) {
    return drill.path("scope").asText().equals("everything")
        && drill.path("outcome").asText().equals("good");
  }

  private boolean isSigned(String drill) {
    try {
      String worth = signature(folder.resolve(drill));
      return !worth.equals("wrong") && !worth.equals("none");
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private ObjectNode read(Path drill) throws IOException {
    Path report = drill.resolve(REPORT);
    if (Files.exists(report)) {
      return (ObjectNode) json.readTree(Files.readAllBytes(report));
    }
    ObjectNode begun = (ObjectNode) json.readTree(Files.readAllBytes(drill.resolve(BEGUN)));
    return begun.put("outcome", "not_ended");
  }

  /** Whether the report is the one that the drill key beside it signed. */
  private static String signature(Path drill) throws IOException {
    Path signature = drill.resolve("report.sig");
    if (!Files.exists(signature)) {
      return "none";
    }
    if (!Files.exists(drill.resolve(DrillCard.FILE))) {
      return "of the recovery key: recover report " + drill + " --cards FOLDER";
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(Files.readString(signature).strip());
      DrillCard card = DrillCard.read(drill);
      return card.signed(Files.readAllBytes(drill.resolve(REPORT)), bytes) ? "right" : "wrong";
    } catch (KeyException | IllegalArgumentException e) {
      return "wrong";
    }
  }

  private CommandFailure unusable(IOException cause) {
    return new CommandFailure(
        ExitCode.FAILED,
        "DRILL_FOLDER_UNUSABLE",
        "drills: " + folder + " (" + cause.getMessage() + "; expected: reports of drills)");
  }
}
