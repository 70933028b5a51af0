package govcloud.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.ExitCode;
import govcloud.cli.TestTerminal;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.DrillSecrets;
import govcloud.replication.keys.KeyFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillCommandTest {
  private static final String REPORT =
      """
      {"drill": "%s", "scope": "everything", "outcome": "good", "began_at": "2026-11-28T01:00:00Z",
       "measured": {"records": 4702, "recovery_time_seconds": 41.5}, "tenants": [], "cleaned_up": true}
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
    String begun = "{\"drill\": \"" + name + "\", \"scope\": \"sample\"}";
    Files.writeString(folder.resolve("begun.json"), begun);
    return folder;
  }

  private Path signed(String name) throws Exception {
    run("keys", "init", "--cloud", "harbour", "--shares", home.resolve("shares").toString());
    Path folder = drill(name);
    byte[] report = REPORT.formatted(name).getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("report.json"), report);
    KeyFolder keys = new KeyFolder(home.resolve("keys"));
    DrillGrants grants = new DrillGrants(keys);
    Path drillKey = home.resolve("drill.key");
    grants.grant(DrillHalf.make(drillKey, "harbour", new SecureRandom()), keys.signing());
    try (DrillSecrets secrets = DrillSecrets.read(drillKey, grants.folder())) {
      Files.writeString(
          folder.resolve("report.sig"), HexFormat.of().formatHex(secrets.sign(report)) + "\n");
      Files.write(folder.resolve(DrillCard.FILE), secrets.card().toFile());
    }
    return folder;
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
