package govcloud.cli.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The reports of all drills, as {@code recover drill} left them: a folder for each. */
final class DrillReports {
  private static final String BEGUN = "begun.json";
  private static final String REPORT = "report.json";
  private static final String UNREADABLE = "unreadable";

  /** So many tell where it goes: with everything once a week, the last three months. */
  private static final int TREND = 12;

  private final ObjectMapper json = Json.mapper();
  private final Path folder;

  DrillReports(Path folder) {
    this.folder = folder;
  }

  /**
   * Reports as they were found.
   *
   * @param drills in the order that whoever asked names
   * @param passedOver what could not be looked at, each with its name and why
   */
  record Found(List<JsonNode> drills, List<String> passedOver) {}

  /**
   * All drills, the newest first. One that never ended has the outcome {@code not_ended}; one whose
   * report cannot be read {@code unreadable}, with what was known when it began, and never hides
   * others.
   */
  Found list() {
    List<JsonNode> drills = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      begun().forEach(drill -> drills.add(readOrNamed(drill, passedOver)));
    }
    return new Found(drills, passedOver);
  }

  private JsonNode readOrNamed(Path drill, List<String> passedOver) {
    try {
      return read(drill);
    } catch (IOException e) {
      passedOver.add(drill.getFileName() + ": " + e.getMessage());
    }
    try {
      return object(drill.resolve(BEGUN)).put("outcome", UNREADABLE);
    } catch (IOException alsoThat) {
      return json.createObjectNode()
          .put("drill", drill.getFileName().toString())
          .put("outcome", UNREADABLE);
    }
  }

  /**
   * One drill.
   *
   * @param report with the words for its signature
   * @param signature what that is worth
   */
  record Shown(ObjectNode report, DrillSignature signature) {}

  /**
   * One drill with what its signature is worth.
   *
   * @param keys the folder of this cloud's keys, which vouch for its drill key
   * @throws CommandFailure when there is none of this name
   */
  Shown show(String drill, Path keys) {
    Path place = folder.resolve(drill);
    if (!drill.matches("[a-z0-9-]{1,63}") || !Files.exists(place.resolve(BEGUN))) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "DRILL_MISSING",
          "drill: " + drill + " (expected: one of `govcloud drill list`)");
    }
    try {
      DrillSignature signature = DrillSignature.of(place, signingKeys(keys, new ArrayList<>()));
      ObjectNode report = read(place);
      requireOwnName(report, place);
      return new Shown(report.put("signature", signature.words(place)), signature);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * The last good drills of everything up to this one: what recovery time and point have come to.
   * Only a report counts that lies under its own name, and that a drill key signed for which a
   * signing key of this cloud vouches. One that cannot be read is passed over, and never hides
   * others. The oldest first.
   *
   * @param drill its name, which tells when it began
   * @param keys the folder of this cloud's keys
   */
  Found trend(String drill, Path keys) {
    List<JsonNode> trend = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    List<TrustedKey> signingKeys = signingKeys(keys, passedOver);
    for (Path one : begun()) {
      if (trend.size() == TREND) {
        break;
      }
      if (one.getFileName().toString().compareTo(drill) > 0) {
        continue;
      }
      try {
        ObjectNode report = read(one);
        if (showsAll(report) && DrillSignature.of(one, signingKeys) == DrillSignature.RIGHT) {
          requireOwnName(report, one);
          trend.add(0, report);
        }
      } catch (IOException e) {
        passedOver.add(one.getFileName() + ": " + e.getMessage());
      }
    }
    return new Found(trend, passedOver);
  }

  private static List<TrustedKey> signingKeys(Path keys, List<String> passedOver) {
    try {
      return new KeyFolder(keys).signingKeys();
    } catch (KeyException e) {
      passedOver.add("all, for no signing key is known: " + e.getMessage());
      return List.of();
    }
  }

  /** The folders of all drills, the newest first. */
  private List<Path> begun() {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
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

  /** Every drill says when it began; whoever reads it may rely on that. */
  private ObjectNode object(Path file) throws IOException {
    try {
      if (json.readTree(Files.readAllBytes(file)) instanceof ObjectNode object) {
        Instant unused = Instant.parse(object.path("began_at").asText());
        return object;
      }
      throw new IOException(file.getFileName() + ": no object (expected: one in JSON)");
    } catch (JsonProcessingException e) {
      throw new IOException(file.getFileName() + ": " + e.getOriginalMessage(), e);
    } catch (DateTimeParseException e) {
      throw new IOException(file.getFileName() + ": began_at (expected: a time)", e);
    }
  }

  private CommandFailure unusable(IOException cause) {
    return new CommandFailure(
        ExitCode.FAILED,
        "DRILL_FOLDER_UNUSABLE",
        "drills: " + folder + " (" + cause.getMessage() + "; expected: reports of drills)");
  }
}
