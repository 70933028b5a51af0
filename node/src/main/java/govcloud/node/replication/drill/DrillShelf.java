package govcloud.node.replication.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.TrustedKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports in a folder of drills, each checked against the signing keys of this cloud. Blocks.
 */
final class DrillShelf {
  private static final Logger LOG = LoggerFactory.getLogger(DrillShelf.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPORT = "report.json";

  private final Path folder;
  private final List<TrustedKey> signingKeys;

  /**
   * A shelf.
   *
   * @param signingKeys of this cloud, which vouch for its drill key
   */
  DrillShelf(Path folder, List<TrustedKey> signingKeys) {
    this.folder = folder;
    this.signingKeys = List.copyOf(signingKeys);
  }

  /** The newest drills, the newest first. One that cannot be read is passed over, and logged. */
  List<DrillSummary> newest(int most) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<DrillSummary> drills = new ArrayList<>();
    try (Stream<Path> folders = Files.list(folder)) {
      List<Path> sorted =
          folders
              .filter(drill -> Files.exists(drill.resolve("begun.json")))
              .sorted(Comparator.reverseOrder())
              .limit(most)
              .toList();
      for (Path drill : sorted) {
        read(drill).ifPresent(drills::add);
      }
    }
    return drills;
  }

  /**
   * When the next ones are due; empty where nobody said so.
   *
   * @throws IOException also when the file says nothing that could be kept to
   */
  Optional<DrillPlan> plan() throws IOException {
    Path file = folder.resolve("schedule.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode plan = JSON.readTree(Files.readAllBytes(file));
    if (!plan.has("approved_by")) {
      return Optional.empty();
    }
    try {
      return Optional.of(plan(plan));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static DrillPlan plan(JsonNode plan) {
    var day = DayOfWeek.valueOf(plan.path("everything_on").asText().toUpperCase(Locale.ROOT));
    int slices = plan.path("sample_slices").asInt();
    if (slices < 1) {
      throw new IllegalArgumentException("sample_slices: none (expected: >= 1)");
    }
    return new DrillPlan(
        LocalTime.parse(plan.path("time").asText()).toString(),
        ZoneId.of(plan.path("zone").asText()).getId(),
        slices,
        day.name().toLowerCase(Locale.ROOT),
        plan.path("asked_by").asText(),
        plan.path("approved_by").asText());
  }

  private Optional<DrillSummary> read(Path drill) {
    try {
      boolean ended = Files.exists(drill.resolve(REPORT));
      byte[] bytes = Files.readAllBytes(drill.resolve(ended ? REPORT : "begun.json"));
      JsonNode report = JSON.readTree(bytes);
      return Optional.of(summary(drill, report, ended ? signature(drill, bytes) : "none", ended));
    } catch (IOException | DateTimeException e) {
      LOG.warn("drill {}: {}", drill.getFileName(), e.getMessage());
      return Optional.empty();
    }
  }

  private static DrillSummary summary(
      Path drill, JsonNode report, String signature, boolean ended) {
    JsonNode measured = report.path("measured");
    List<String> approvedBy = new ArrayList<>();
    report.path("approved_by").forEach(name -> approvedBy.add(name.asText()));
    return new DrillSummary(
        drill.getFileName().toString(),
        report.path("scope").asText(),
        ended ? report.path("outcome").asText() : "not_ended",
        signature,
        report.path("asked_by").asText(),
        approvedBy,
        Instant.parse(report.path("began_at").asText()),
        moment(report.path("ended_at")),
        measured.path("records").asLong(),
        report.path("proof").path("finding_count").asLong(),
        duration(measured.path("recovery_time_seconds")),
        duration(measured.path("recovery_point_age_seconds")),
        moment(measured.path("last_record_at")));
  }

  private static Optional<Instant> moment(JsonNode text) {
    return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
  }

  private static Optional<Duration> duration(JsonNode seconds) {
    return seconds.isNumber()
        ? Optional.of(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)))
        : Optional.empty();
  }

  private String signature(Path drill, byte[] report) throws IOException {
    Path file = drill.resolve("report.sig");
    if (!Files.exists(file)) {
      return "none";
    }
    if (!Files.exists(drill.resolve(DrillCard.FILE))) {
      return "recovery_key";
    }
    try {
      byte[] signature = HexFormat.of().parseHex(Files.readString(file).strip());
      DrillCard card = DrillCard.read(drill);
      return card.isVouchedFor(signingKeys) && card.signed(report, signature) ? "right" : "wrong";
    } catch (KeyException | IllegalArgumentException e) {
      return "wrong";
    }
  }
}
