package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.ledger.leaf.Entry;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Between the two clouds no connection is opened any more: couriers carry files, and lose and
 * double some. A query is answered all the same, once, and is in both ledgers.
 */
final class GatewayWalk {
  private static final String LATER = ",\"delivery\":\"when-available\"";

  private final CrossCloudStage stage;
  private final Path folder;

  GatewayWalk(CrossCloudStage stage, Path folder) {
    this.stage = stage;
    this.folder = folder;
  }

  private Path place(String name) {
    return folder.resolve("gateway").resolve(name);
  }

  /** The setting of a cloud: what it drops, and what is brought to it. */
  private String folders(String cloud) {
    return "folders { outbox = \"%s\", inbox = \"%s\" }"
        .formatted(place("from-" + cloud), place("to-" + cloud));
  }

  void walk() throws Exception {
    try (var there = new Courier(place("from-mountain"), place("to-harbour"), 3);
        var back = new Courier(place("from-harbour"), place("to-mountain"), 4)) {
      stage.byFiles(folders(TwoClouds.HARBOUR), folders(TwoClouds.MOUNTAIN));
      stage.tell(
          "agreement/mountain-transport/violations",
          "zhao",
          "head",
          new AgreementCommand.Resume("police"));
      answeredOnceAndInBothLedgers();
      whoIsNotTheOtherCloud_isSetAsideAndTold();
      new EnterpriseWalk(stage).walk();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> there.lost() + there.doubled() > 0 && back.lost() + back.doubled() > 0);
    }
  }

  private long size(Client client) {
    return client.send("GET", "/v1/ledger/status", null).json().path("size").asLong();
  }

  private void answeredOnceAndInBothLedgers() throws Exception {
    Answer atOnce = stage.ask("f-0", CrossCloudStage.DRIVER);
    assertThat(atOnce.code()).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    assertThat(atOnce.json().path("detail").asText()).contains("when-available");
    long before = size(stage.harbour());
    Answer kept = stage.ask("f-1", CrossCloudStage.DRIVER, LATER);
    assertThat(kept.status()).as(kept.response().body()).isEqualTo(202);
    assertThat(stage.ask("f-1", CrossCloudStage.DRIVER, LATER).header("Location"))
        .isEqualTo(kept.header("Location"));
    stage.stopHarbour();
    stage.startHarbour();
    String place = kept.header("Location");
    await()
        .atMost(Duration.ofSeconds(150))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> found(place).path("state").asText(), "delivered"::equals);
    JsonNode answer = found(place).path("answer");
    assertThat(answer.at("/records/0/driver_number").asText()).isEqualTo("999***********0016");
    Entry here =
        CrossCloudStage.entry(stage.mountain(), "mountain", answer.at("/evidence/index").asLong());
    assertThat(here.open()).containsEntry("decision", "permit").containsEntry("cloud", "harbour");
    await().atMost(Duration.ofSeconds(30)).until(() -> size(stage.harbour()) > before);
    Entry there = CrossCloudStage.entry(stage.harbour(), "harbour", before);
    assertThat(there.open())
        .containsEntry("decision", "permit")
        .containsEntry("signed", here.open().get("request"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> CrossCloudStage.bundles(stage.mountain()).path("unacknowledged").asInt() == 0);
    assertThat(CrossCloudStage.bundles(stage.mountain()).path("sent").asLong()).isEqualTo(1);
    assertThat(CrossCloudStage.bundles(stage.harbour()).path("taken").asLong()).isEqualTo(1);
    assertThat(size(stage.harbour())).as("one exchange").isEqualTo(before + 1);
  }

  private JsonNode found(String place) {
    return stage
        .mountain()
        .send("GET", place, null, "Govcloud-Acting-As", "zhang-san;role=window-clerk")
        .json();
  }

  private void whoIsNotTheOtherCloud_isSetAsideAndTold() throws IOException {
    Path inbox = place("to-harbour");
    Path forged = inbox.resolve("mountain_0000000000000000002.bundle");
    Files.writeString(inbox.resolve(".forged"), "{\"body\":{}}\n");
    Files.move(inbox.resolve(".forged"), forged);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(attention()).contains("EXCHANGE_BUNDLES_REFUSED"));
    Path aside = inbox.resolve(".refused").resolve(forged.getFileName());
    assertThat(Files.readString(aside.resolveSibling(aside.getFileName() + ".reason")))
        .startsWith("EXCHANGE_CLOUD_MESSAGE_MALFORMED");
    try (Stream<Path> files = Files.list(aside.getParent())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(attention()).doesNotContain("EXCHANGE_BUNDLES_REFUSED"));
  }

  private String attention() {
    return stage.harbour().send("GET", "/v1/attention", null).json().toString();
  }
}
