package govcloud.node.replication.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.node.ReferenceKeys;
import govcloud.node.http.Contract;
import govcloud.node.http.Json;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillsTest {
  private static final Instant BEGAN = Instant.parse("2026-11-22T01:00:00Z");
  private static final Duration OLDEST = Duration.ofDays(9);

  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private KeyFolder keys;
  private Drills drills;

  @BeforeEach
  void init() throws Exception {
    keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    new DrillGrants(keys)
        .grant(DrillHalf.make(folder.resolve("drill.key"), "harbour", random), keys.signing());
    drills = drills(Optional.of(folder.resolve("drills")));
  }

  private Drills drills(Optional<Path> shelf) {
    return new Drills(new DrillSettings(shelf, OLDEST), Optional.of(keys.folder()));
  }

  /** A drill that has begun; its report, if any, signed by the drill key of some keys. */
  private Path drill(Instant began, String scope, String outcome, KeyFolder by, Path secret)
      throws Exception {
    String name = "drill-" + began.toString().replaceAll("[^0-9]", "");
    Path place = Files.createDirectories(folder.resolve("drills").resolve(name));
    String begun =
        "{\"scope\":\"%s\",\"asked_by\":\"zhang\",\"approved_by\":[\"li\"],\"began_at\":\"%s\""
            .formatted(scope, began);
    Files.writeString(place.resolve("begun.json"), begun + "}");
    if (outcome.isEmpty()) {
      return place;
    }
    String measured =
        scope.equals("sample")
            ? "{\"records\":7}"
            : "{\"records\":4702,\"recovery_time_seconds\":41.5,\"recovery_point_age_seconds\":0.9,"
                + "\"last_record_at\":\"2026-11-22T00:59:59Z\"}";
    byte[] report =
        (begun
                + ",\"ended_at\":\"%s\",\"outcome\":\"%s\",\"measured\":%s}"
                    .formatted(began.plusSeconds(60), outcome, measured))
            .getBytes(StandardCharsets.UTF_8);
    Files.write(place.resolve("report.json"), report);
    try (DrillSecrets secrets = DrillSecrets.read(secret, new DrillGrants(by).folder())) {
      Files.writeString(
          place.resolve("report.sig"), HexFormat.of().formatHex(secrets.sign(report)));
      Files.write(place.resolve(DrillCard.FILE), secrets.card().toFile());
    }
    return place;
  }

  private Path drill(Instant began, String scope, String outcome) throws Exception {
    return drill(began, scope, outcome, keys, folder.resolve("drill.key"));
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.replication.drills", DrillSettings.class);
  }

  @Test
  void goodDrill_isTold_andGrowsOld() throws Exception {
    drill(BEGAN, "everything", "good");
    drills.look();
    DrillSummary good = drills.lastGood().orElseThrow();
    assertThat(good.signature()).isEqualTo("right");
    assertThat(good.recoveryTime()).contains(Duration.ofMillis(41_500));
    assertThat(good.lastRecordAt()).contains(BEGAN.minusSeconds(1));
    assertThat(good.approvedBy()).containsExactly("li");
    assertThat(drills.oldSince(BEGAN.plus(OLDEST))).isEmpty();
    assertThat(drills.oldSince(BEGAN.plus(OLDEST).plusSeconds(1))).contains(BEGAN.plus(OLDEST));
  }

  @Test
  void answer_hasTrendAndSchedule_asTheContractSays() throws Exception {
    for (int week = 0; week < 14; week++) {
      drill(BEGAN.plus(Duration.ofDays(7L * week)), "everything", week == 3 ? "failed" : "good");
      drill(BEGAN.plus(Duration.ofDays(7L * week + 1)), "sample", "good");
    }
    Files.writeString(
        folder.resolve("drills/schedule.json"),
        """
        {"time": "01:00", "zone": "Asia/Shanghai", "sample_slices": 4,
         "everything_on": "sunday", "asked_by": "zhang", "approved_by": "li"}
        """);
    drills.look();
    JsonNode answer = new ObjectMapper().readTree(Json.write(new DrillRoutes(drills).answer(30)));
    assertThat(answer.path("trend").findValuesAsText("began_at"))
        .hasSize(12)
        .isSorted()
        .startsWith("2026-11-29T01:00:00Z")
        .doesNotContain("2026-12-13T01:00:00Z");
    assertThat(answer.path("trend").findValuesAsText("recovery_time")).containsOnly("41.5");
    assertThat(answer.path("schedule").path("everything_on").asText()).isEqualTo("sunday");
    Contract contract = Contract.load();
    assertThat(
            contract
                .schema(contract.document().at("/components/schemas/DrillList"))
                .validate(answer))
        .isEmpty();
  }

  @Test
  void whatShowsLess_isNoGoodDrill() throws Exception {
    drill(BEGAN, "sample", "good");
    drill(BEGAN.plusSeconds(100), "everything", "different");
    drill(BEGAN.plusSeconds(200), "everything", "");
    drills.look();
    assertThat(drills.newest())
        .extracting(DrillSummary::outcome)
        .containsExactly("not_ended", "different", "good");
    assertThat(drills.lastGood()).isEmpty();
    assertThat(drills.oldSince(BEGAN)).contains(BEGAN);
  }

  @Test
  void changedReport_orOneThatAnotherKeySigned_isNotBelieved() throws Exception {
    Path changed = drill(BEGAN, "everything", "different").resolve("report.json");
    Files.writeString(changed, Files.readString(changed).replace("different", "good"));
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 2, 3, random);
    Path secret = folder.resolve("other.key");
    new DrillGrants(other).grant(DrillHalf.make(secret, "harbour", random), other.signing());
    drill(BEGAN.plusSeconds(100), "everything", "good", other, secret);
    drills.look();
    assertThat(drills.newest())
        .extracting(DrillSummary::signature)
        .containsExactly("wrong", "wrong");
    assertThat(drills.lastGood()).isEmpty();
  }

  @Test
  void reportOfTheRecoveryKey_isGood_butUncheckedAndInNoTrend() throws Exception {
    Files.delete(drill(BEGAN, "everything", "good").resolve(DrillCard.FILE));
    drills.look();
    assertThat(drills.lastGood().orElseThrow().signature()).isEqualTo("recovery_key");
    assertThat(drills.trend()).isEmpty();
  }

  @Test
  void brokenReport_isPassedOver() throws Exception {
    drill(BEGAN, "everything", "good");
    Files.writeString(
        drill(BEGAN.plusSeconds(100), "everything", "good").resolve("report.json"), "{");
    drills.look();
    assertThat(drills.newest()).hasSize(1);
  }

  @Test
  void wrongSchedule_isNone_evenAfterAGoodOne() throws Exception {
    Path file = Files.createDirectories(folder.resolve("drills")).resolve("schedule.json");
    String good =
        """
        {"time": "01:00", "zone": "Asia/Shanghai", "sample_slices": 4,
         "everything_on": "sunday", "asked_by": "zhang", "approved_by": "li"}
        """;
    for (String wrong :
        List.of(
            "{}",
            "{",
            good.replace("01:00", "25:00"),
            good.replace("Asia/Shanghai", "Nowhere"),
            good.replace("4", "0"),
            good.replace("sunday", "someday"),
            good.replace("approved_by", "approved"))) {
      Files.writeString(file, good);
      drills.look();
      assertThat(drills.plan()).isPresent();
      Files.writeString(file, wrong);
      drills.look();
      assertThat(drills.plan()).as(wrong).isEmpty();
    }
  }

  @Test
  void nobodyAskedForDrills_isNoAlarm() throws Exception {
    Drills none = drills(Optional.empty());
    none.look();
    assertThat(none.oldSince(BEGAN)).isEmpty();
    drills.look();
    assertThat(drills.oldSince(BEGAN)).as("no folder yet").isEmpty();
    Files.createDirectories(folder.resolve("drills"));
    drills.look();
    assertThat(drills.oldSince(BEGAN)).as("a folder without drills").contains(BEGAN);
  }
}
