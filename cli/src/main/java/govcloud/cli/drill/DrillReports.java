package govcloud.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.TrustedKey;
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
  private static final String RIGHT = "right";

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
   * What drills came to.
   *
   * @param drills the oldest first
   * @param passedOver what could not be looked at, each with its name and why
   */
  record Trend(List<JsonNode> drills, List<String> passedOver) {}

  /**
   * The last good drills of everything up to this one: what recovery time and point have come to.
   * Only a report counts that lies under its own name, and that a drill key signed for which a
   * signing key of this cloud vouches. One that cannot be read is passed over, and never hides
   * others.
   *
   * @param drill its name, which tells when it began
   * @param keys the folder of this cloud's keys
   */
  Trend trend(String drill, Path keys) {
    List<JsonNode> trend = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    List<TrustedKey> signingKeys = signingKeys(keys, passedOver);
    for (Path one : upTo(drill)) {
      if (trend.size() == TREND) {
        break;
      }
      try {
        ObjectNode report = read(one);
        if (showsAll(report) && isSigned(one, signingKeys)) {
          requireOwnName(report, one);
          trend.add(0, report);
        }
      } catch (IOException e) {
        passedOver.add(one.getFileName() + ": " + e.getMessage());
      }
    }
    return new Trend(trend, passedOver);
  }

  private static List<TrustedKey> signingKeys(Path keys, List<String> passedOver) {
    try {
      return new KeyFolder(keys).signingKeys();
    } catch (KeyException e) {
      passedOver.add("all, for no signing key is known: " + e.getMessage());
      return List.of();
    }
  }

  private List<Path> upTo(String drill) {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(one -> one.getFileName().toString().compareTo(drill) <= 0)
          .filter(one -> Files.exists(one.resolve(BEGUN)))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static boolean showsAll(JsonNode drill) {
    return drill.path("scope").asText().equals("everything")
        && drill.path("outcome").asText().equals("good");
  }

  private static boolean isSigned(Path drill, List<TrustedKey> signingKeys) throws IOException {
    try {
      return signature(drill).equals(RIGHT) && DrillCard.read(drill).isVouchedFor(signingKeys);
    } catch (KeyException e) {
      return false;
    }
  }

  /** A copy of a signed report in another folder would count twice. */
  private static void requireOwnName(JsonNode report, Path drill) throws IOException {
    if (!report.path("drill").asText().equals(drill.getFileName().toString())) {
      throw new IOException("a report of another drill (expected: its own)");
    }
  }

  private ObjectNode read(Path drill) throws IOException {
    Path report = drill.resolve(REPORT);
    if (Files.exists(report)) {
      return object(report);
    }
    return object(drill.resolve(BEGUN)).put("outcome", "not_ended");
  }

  private ObjectNode object(Path file) throws IOException {
    if (json.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException(file.getFileName() + ": no object (expected: one in JSON)");
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
      return card.signed(Files.readAllBytes(drill.resolve(REPORT)), bytes) ? RIGHT : "wrong";
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
