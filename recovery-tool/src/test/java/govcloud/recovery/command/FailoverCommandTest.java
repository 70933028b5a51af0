package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.domain.operation.CommandText;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.recovery.LostCloud;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A site is given up when two officers of the sibling have signed exactly that, offline. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverCommandTest {
  private static final Failover WANTED =
      new Failover("harbour", 2, "govcloud_g2", OptionalLong.empty());

  private Path folder;
  private LostCloud cloud;
  private SigningKey sibling;
  private Officer wang;
  private Officer li;
  private int site;

  @BeforeAll
  void lose(@TempDir Path temporary) throws Exception {
    folder = temporary;
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 31);
    sibling = cloud.siblingKeys().signing();
    wang = Officer.of("wang");
    li = Officer.of("li");
  }

  private static String text(Failover failover, Instant asked) {
    return Officer.text(DangerousCommand.FAIL_OVER, failover, asked);
  }

  private static String text(Failover failover) {
    return text(failover, Instant.now().minusSeconds(60));
  }

  private Path file(JsonNode proof) throws Exception {
    return Files.writeString(folder.resolve("approval.json"), proof.toString());
  }

  private Run failover(ExitCode expected, String... more) {
    Path place = folder.resolve("site-" + ++site);
    List<String> all = new ArrayList<>(List.of("failover"));
    all.addAll(List.of("--archive", cloud.archive().toString()));
    all.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    all.addAll(List.of("--keys", keys().folder().toString()));
    all.addAll(List.of("--home-archive", place.resolve("archive").toString()));
    all.addAll(List.of("--card", place.resolve("card").toString(), "-o", "json"));
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(String[]::new));
  }

  private KeyFolder keys() {
    return new KeyFolder(folder.resolve("site-" + site).resolve("keys"));
  }

  private void requireRefused(JsonNode proof, String why) throws Exception {
    Run run = failover(ExitCode.FORBIDDEN, "--approval", file(proof).toString());
    assertThat(run.err()).contains("FAILOVER_NOT_APPROVED").contains(why);
    assertThat(keys().exists()).as("keys of a site that was not begun").isFalse();
  }

  @Test
  void twoOfficersSigned_isDone_andWhatTheySignedIsKeptSignedBesideTheKeys() throws Exception {
    String text = text(WANTED);
    assertThat(CommandText.read(text)).containsEntry("subject", WANTED.subject());
    ObjectNode proof = Officer.approval(sibling, text, wang, li);
    Path report = Files.createDirectories(folder.resolve("report"));
    Run run =
        failover(ExitCode.OK, "--approval", file(proof).toString(), "--report", report.toString());
    assertThat(run.json().path("site_epoch").asInt()).isEqualTo(2);
    assertThat(run.json().path("approved_by").toString()).isEqualTo("[\"wang\",\"li\"]");
    for (Path place : List.of(keys().folder(), report)) {
      JsonNode kept = new ReportFiles(place).failover(cloud.keys().recovery()).orElseThrow();
      assertThat(kept.path("approval")).isEqualTo(proof);
      assertThat(kept.path("subject").asText()).isEqualTo(WANTED.subject());
      assertThat(kept.has("emergency")).isFalse();
    }
    assertThat(new KeyDeeds(keys()).unrecorded())
        .singleElement()
        .satisfies(
            deed -> {
              assertThat(deed.action()).isEqualTo("site-failover");
              assertThat(deed.object()).isEqualTo(WANTED.subject() + "/approval/failover-4be1");
            });
  }

  @Test
  void onePersonTwice_orOneAlone_isRefused() throws Exception {
    String text = text(WANTED);
    requireRefused(Officer.approval(sibling, text, wang, Officer.of("wang")), "the same as before");
    requireRefused(
        Officer.approval(sibling, text, wang, new Officer("li", wang.passkey())),
        "the same as before");
    requireRefused(Officer.approval(sibling, text, wang), "1 signatures (expected: 2");
  }

  @Test
  void anotherCommand_isRefused() throws Exception {
    Failover keyspace = new Failover("harbour", 2, "govcloud_g3", OptionalLong.empty());
    Failover cut = new Failover("harbour", 2, "govcloud_g2", OptionalLong.of(1));
    Failover epoch = new Failover("harbour", 3, "govcloud_g2", OptionalLong.empty());
    Failover other = new Failover("lake", 2, "govcloud_g2", OptionalLong.empty());
    for (Failover signed : List.of(keyspace, cut, epoch, other)) {
      requireRefused(
          Officer.approval(sibling, text(signed), wang, li), "subject: " + signed.subject());
    }
    String deletion = text(WANTED).replace("replication.fail-over", "replication.delete-cuts");
    requireRefused(Officer.approval(sibling, deletion, wang, li), "command: ");
    requireRefused(Officer.approval(sibling, "yes\n", wang, li), "command: not one");
  }

  @Test
  void pointBeforeTheEnd_whichTwoOfficersSigned_isRefused_becauseTheSiblingHasMore()
      throws Exception {
    Failover cut = new Failover("harbour", 2, "govcloud_g2", OptionalLong.of(1));
    Path proof = file(Officer.approval(sibling, text(cut), wang, li));
    Run run = failover(ExitCode.CONFLICT, "--approval", proof.toString(), "--cut", "1");
    assertThat(run.err()).contains("FAILOVER_POINT_PAST").contains("the sibling has more");
    assertThat(keys().exists()).isFalse();
  }

  @Test
  void alteredSignature_orText_isRefused() throws Exception {
    ObjectNode signature = Officer.approval(sibling, text(WANTED), wang, li);
    String other = signature.at("/signatures/1/signature").asText();
    ((ObjectNode) signature.at("/signatures/0")).put("signature", other);
    requireRefused(signature, "signature of wang: signature: not by this passkey");
    ObjectNode text = Officer.approval(sibling, text(WANTED), wang, li);
    requireRefused(text.put("command", text(WANTED, Instant.now())), "signature of wang: command");
  }

  @Test
  void tooOld_orOfTomorrow_isRefused() throws Exception {
    Instant old = Instant.now().minus(DangerousCommand.PATIENCE).minusSeconds(60);
    requireRefused(Officer.approval(sibling, text(WANTED, old), wang, li), "asked at " + old);
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    requireRefused(Officer.approval(sibling, text(WANTED, tomorrow), wang, li), "asked at ");
  }

  @Test
  void ofAnotherSite_orOfPeopleForWhomTheSiblingDoesNotVouch_isRefused() throws Exception {
    String text = text(WANTED);
    requireRefused(
        Officer.approval(sibling, text.replace("mountain", "valley"), wang, li), "cloud: valley");
    requireRefused(
        Officer.approval(cloud.keys().signing(), text, wang, li), "result: not signed by mountain");
    ObjectNode others = Officer.approval(sibling, text, wang, li);
    others.set(
        "signatures", Officer.approval(sibling, text, wang, Officer.of("li")).get("signatures"));
    requireRefused(others, "result: not signed by mountain");
    others.remove("result");
    requireRefused(others, "result: not signed by mountain");
    ObjectNode site = Officer.approval(sibling, text, wang, li).put("host", "evil.example");
    requireRefused(site, "signature of wang: origin: ");
  }

  @Test
  void withoutApproval_onlyAnEmergencyWithReasonAndTwoNames_whichIsWrittenDown() throws Exception {
    assertThat(failover(ExitCode.USAGE).err()).contains("--approval FILE, or --emergency REASON");
    failover(ExitCode.USAGE, "--approved-by", "wang", "--approved-by", "li");
    failover(ExitCode.USAGE, "--emergency", "flood", "--approved-by", "wang", "--approved-by=wang");
    failover(ExitCode.USAGE, "--emergency", " ", "--approved-by", "wang", "--approved-by", "li");
    String proof = file(Officer.approval(sibling, text(WANTED), wang, li)).toString();
    failover(ExitCode.USAGE, "--emergency", "flood", "--approval", proof);
    Run run =
        failover(ExitCode.OK, "--emergency", "flood", "--approved-by=wang", "--approved-by=li");
    assertThat(run.err()).contains("Nobody signed this failover");
    JsonNode kept =
        new ReportFiles(keys().folder()).failover(cloud.keys().recovery()).orElseThrow();
    assertThat(kept.path("emergency").asText()).isEqualTo("flood");
    assertThat(kept.has("approval")).isFalse();
    assertThat(new KeyDeeds(keys()).unrecorded().get(0).action())
        .isEqualTo("site-failover-unsigned");
  }
}
