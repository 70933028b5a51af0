package govcloud.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.ExitCode;
import govcloud.cli.TestTerminal;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillCommandTest {
  private static final String BEGUN =
      """
      {"drill": "%s", "scope": "sample", "began_at": "2026-11-28T01:00:00Z"}
      """;

  private static final String REPORT =
      """
      {"drill": "%s", "scope": "everything", "outcome": "good", "began_at": "2026-11-28T01:00:00Z",
       "measured": {"records": 4702, "recovery_time_seconds": 41.5, "recovery_point_age_seconds": 0.9},
       "tenants": [], "cleaned_up": true}
      """;

  @TempDir private Path home;
  private TestTerminal terminal = new TestTerminal();

  private int run(String... command) {
    String[] whole = java.util.Arrays.copyOf(command, command.length + 2);
    whole[command.length] = "--home";
    whole[command.length + 1] = home.toString();
    terminal = new TestTerminal();
    return terminal.run(whole);
  }

  private Path drill(String name) throws Exception {
    Path folder = Files.createDirectories(home.resolve("drills").resolve(name));
    Files.writeString(folder.resolve("begun.json"), BEGUN.formatted(name));
    return folder;
  }

  private Path signed(String name) throws Exception {
    run("keys", "init", "--cloud", "harbour", "--shares", home.resolve("shares").toString());
    DrillGrants grants = new DrillGrants(new KeyFolder(home.resolve("keys")));
    grants.grant(
        DrillHalf.make(home.resolve("drill.key"), "harbour", new SecureRandom()),
        new KeyFolder(home.resolve("keys")).signing());
    return signed(name, REPORT.formatted(name));
  }

  /** One more, by the same key. */
  private Path signed(String name, String text) throws Exception {
    Path folder = drill(name);
    Files.writeString(folder.resolve("report.json"), text);
    Path grants = new DrillGrants(new KeyFolder(home.resolve("keys"))).folder();
    sign(folder, home.resolve("drill.key"), grants);
    return folder;
  }

  private static void sign(Path folder, Path key, Path grants) throws Exception {
    byte[] report = Files.readAllBytes(folder.resolve("report.json"));
    try (DrillSecrets secrets = DrillSecrets.read(key, grants)) {
      Files.writeString(
          folder.resolve("report.sig"), HexFormat.of().formatHex(secrets.sign(report)) + "\n");
      Files.write(folder.resolve(DrillCard.FILE), secrets.card().toFile());
    }
  }

  @Test
  void drills_listed_theNewestFirst_alsoOneThatNeverEnded() throws Exception {
    signed("drill-20261128-010000");
    drill("drill-20261129-010000");
    assertThat(run("drill", "list", "-o", "json")).isZero();
    var items = new ObjectMapper().readTree(terminal.out()).path("items");
    assertThat(items.findValuesAsText("outcome")).containsExactly("not_ended", "good");
    assertThat(run("drill", "list")).isZero();
    assertThat(terminal.out()).contains("drill-20261128-010000", "41.5", "4702");
  }

  @Test
  void changedReport_shown_isFoundOut() throws Exception {
    Path folder = signed("drill-20261128-010000");
    assertThat(run("drill", "show", "drill-20261128-010000")).isZero();
    assertThat(terminal.out()).containsPattern("signature +right");
    Path report = folder.resolve("report.json");
    Files.writeString(report, Files.readString(report).replace("41.5", "4.15"));
    assertThat(run("drill", "show", "drill-20261128-010000")).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(terminal.out()).containsPattern("signature +wrong");
  }

  @Test
  void shownDrill_isComparedWithGoodOnesBeforeIt_thatItsKeySigned() throws Exception {
    signed("drill-20261107-010000");
    String second = "drill-20261114-010000";
    signed(second, REPORT.formatted(second).replace("41.5", "44.5"));
    String failed = "drill-20261121-010000";
    signed(failed, REPORT.formatted(failed).replace("good", "different"));
    String sample = "drill-20261122-010000";
    signed(sample, REPORT.formatted(sample).replace("everything", "sample"));
    String forged = "drill-20261123-010000";
    Path changed = signed(forged, REPORT.formatted(forged)).resolve("report.json");
    Files.writeString(changed, Files.readString(changed).replace("41.5", "4.15"));
    String third = "drill-20261128-010000";
    signed(third, REPORT.formatted(third).replace("41.5", "61.5"));
    String later = "drill-20261205-010000";
    signed(later, REPORT.formatted(later));

    assertThat(run("drill", "show", third, "-o", "json")).isZero();
    var trend = new ObjectMapper().readTree(terminal.out()).path("trend");
    assertThat(trend.findValuesAsText("drill"))
        .containsExactly("drill-20261107-010000", second, third);
    assertThat(trend.findValuesAsText("recovery_time_seconds"))
        .containsExactly("41.5", "44.5", "61.5");
    assertThat(trend.findValuesAsText("recovery_point_age_seconds")).containsOnly("0.9");
    assertThat(run("drill", "show", third)).isZero();
    assertThat(terminal.out()).contains("TREND").containsPattern(second + " .*44.5 +0.9");
  }

  @Test
  void reportUnderAnotherName_orOfNoVouchedKey_isInNoTrend() throws Exception {
    String good = "drill-20261107-010000";
    signed(good);
    String copied = REPORT.formatted(good).replace("41.5", "4.15");
    Files.writeString(drill("drill-20261108-010000").resolve("report.json"), copied);
    signed("drill-20261109-010000", REPORT.formatted(good));
    String bare = "drill-20261110-010000";
    Files.delete(signed(bare, REPORT.formatted(bare)).resolve(DrillCard.FILE));
    String foreign = "drill-20261111-010000";
    Path place = signed(foreign, REPORT.formatted(foreign));
    KeyFolder other = new KeyFolder(home.resolve("other"));
    KeyCeremony.init(other, "harbour", home.resolve("other-shares"), 2, 3, new SecureRandom());
    Path secret = home.resolve("other.key");
    new DrillGrants(other)
        .grant(DrillHalf.make(secret, "harbour", new SecureRandom()), other.signing());
    sign(place, secret, new DrillGrants(other).folder());
    String last = "drill-20261128-010000";
    signed(last, REPORT.formatted(last));

    assertThat(run("drill", "show", last, "-o", "json")).isZero();
    var trend = new ObjectMapper().readTree(terminal.out()).path("trend");
    assertThat(trend.findValuesAsText("drill")).containsExactly(good, last);
    assertThat(trend.findValuesAsText("recovery_time_seconds")).containsOnly("41.5");
    assertThat(terminal.err()).contains("drill-20261109-010000: a report of another drill");
    assertThat(run("drill", "show", foreign)).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(terminal.out()).containsPattern("signature +of a drill key that no signing key");
    assertThat(run("drill", "show", bare)).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(terminal.out()).containsPattern("signature +of the recovery key");
    Files.delete(home.resolve("drills").resolve(bare).resolve("report.sig"));
    assertThat(run("drill", "show", bare)).isEqualTo(ExitCode.FINDINGS.number());
    assertThat(terminal.out()).containsPattern("signature +none");
    assertThat(run("drill", "show", "drill-20261108-010000")).isNotZero();
    assertThat(terminal.err()).contains("a report of another drill");
  }

  @Test
  void unreadableReports_hideNoOther_andAreNamed() throws Exception {
    String good = "drill-20261107-010000";
    signed(good);
    Files.writeString(drill("drill-20261101-010000").resolve("report.json"), "{");
    Files.writeString(drill("drill-20261102-010000").resolve("report.json"), "[]");
    assertThat(run("drill", "show", good)).isZero();
    assertThat(terminal.out()).containsPattern("signature +right").contains("TREND");
    assertThat(terminal.err())
        .contains("not in the trend: drill-20261101-010000", "drill-20261102-010000: report.json");
  }

  @Test
  void unreadableReports_areListedAsSuch_andKeepNothingFromBeingDue() throws Exception {
    Files.writeString(drill("drill-20261101-010000").resolve("report.json"), "{");
    Files.writeString(drill("drill-20261102-010000").resolve("report.json"), "{}");
    Files.writeString(drill("drill-20261103-010000").resolve("begun.json"), "[]");
    drill("drill-20261104-010000");
    String[] unreadable = {
      "drill-20261103-010000: begun.json",
      "drill-20261102-010000: report.json: began_at",
      "drill-20261101-010000: report.json"
    };
    assertThat(run("drill", "list", "-o", "json")).isZero();
    var items = new ObjectMapper().readTree(terminal.out()).path("items");
    assertThat(items.findValuesAsText("outcome"))
        .containsExactly("not_ended", "unreadable", "unreadable", "unreadable");
    assertThat(items.findValuesAsText("began_at")).hasSize(3);
    assertThat(terminal.err()).contains(unreadable);
    assertThat(run("drill", "schedule", "--asked-by", "zhang", "--approved-by", "li")).isZero();
    assertThat(terminal.out()).containsPattern("due now +everything");
    assertThat(terminal.err()).contains(unreadable);
    assertThat(run("drill", "run", "--due")).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains(unreadable).contains("DRILL_KEY_MISSING");
  }

  @Test
  void unknownDrill_shown_isNotFound_wherever() throws Exception {
    drill("drill-20261128-010000");
    for (String name : new String[] {"drill-1", "../drills/drill-20261128-010000", ".."}) {
      assertThat(run("drill", "show", name)).as(name).isEqualTo(ExitCode.NOT_FOUND.number());
    }
  }

  @Test
  void schedule_needsTwoPersons_andTellsWhatIsDue() {
    assertThat(run("drill", "schedule")).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(run("drill", "schedule", "--asked-by", "li", "--approved-by", "li"))
        .isEqualTo(ExitCode.FORBIDDEN.number());
    assertThat(run("drill", "schedule", "--asked-by", "zhang", "--approved-by", "li")).isZero();
    assertThat(run("drill", "schedule")).isZero();
    assertThat(terminal.out()).containsPattern("due now +everything").contains("zhang", "sunday");
  }

  @Test
  void drillWithoutKey_run_saysWhatIsMissing() {
    assertThat(run("drill", "run", "--approved-by", "li")).isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains("DRILL_KEY_MISSING").contains("govcloud keys drill");
  }
}
