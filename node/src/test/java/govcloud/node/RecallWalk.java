package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The police correct a record that transport has received: the case is told, citizen and supervisor
 * see it open until the clerk has said what was done.
 */
final class RecallWalk {
  private static final String OFFICER = "sun;role=data-officer";
  private static final String CLERK = "zhang-san;role=window-clerk";
  private static final String AUDITOR = "wu;role=audit-administrator";
  private static final String CITIZEN = "wang-xiaoming;role=citizen";
  private static final String ISSUED = "/v1/tenants/police/recalls";
  private static final String RECEIVED = "/v1/tenants/transport/received-recalls";
  private static final String DONE = RECEIVED + "/police/days-1/acknowledgement";

  private final Client client;

  RecallWalk(Client client) {
    this.client = client;
  }

  private Answer as(String who, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", who);
  }

  /** The examples of docs/exchange-protocol.md, for somebody else. */
  private static String example(String begin) {
    try {
      return Files.readAllLines(Path.of("../docs/exchange-protocol.md")).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("-d '" + begin))
          .map(line -> line.substring(line.indexOf('{'), line.lastIndexOf('}') + 1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String body(String subject, String field) {
    return example("{\"resource\"")
        .replace("99999919900101123X", subject)
        .replace("happened_on", field);
  }

  void walk(String subject, String refused) {
    assertThat(as(OFFICER, "PUT", ISSUED + "/days-1", body(subject, "colour")).code())
        .isEqualTo("RECALL_INVALID");
    Answer issued = as(OFFICER, "PUT", ISSUED + "/days-1", body(subject, "happened_on"));
    assertThat(issued.status()).as(issued.response().body()).isEqualTo(201);
    assertThat(as(OFFICER, "PUT", ISSUED + "/days-1", body(refused, "happened_on")).code())
        .isEqualTo("RECALL_ALREADY_EXISTS");
    // who was refused has received nothing, and what was not given out was not received
    as(OFFICER, "PUT", ISSUED + "/days-2", body(refused, "happened_on"));
    as(OFFICER, "PUT", ISSUED + "/days-3", body(subject, "picture"));
    isTold(subject);
    isAcknowledged();
  }

  private JsonNode recall(String who, String path) {
    Answer answer = as(who, "GET", path, null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    for (JsonNode item : answer.json().path("items")) {
      if (item.path("recall").asText().equals("days-1")) {
        return item;
      }
    }
    throw new AssertionError(path + ": " + answer.response().body());
  }

  private void isTold(String subject) {
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              JsonNode told = recall(CLERK, RECEIVED);
              assertThat(told.path("status").asText()).isEqualTo("open");
              assertThat(told.at("/receivers/0/case").asText()).isEqualTo("permits/c-1");
              assertThat(told.at("/receivers/0/person").asText()).isEqualTo("zhang-san");
              assertThat(told.path("receivers")).hasSize(1);
              assertThat(told.toString()).doesNotContain(subject);
              Answer issued = as(OFFICER, "GET", ISSUED, null);
              assertThat(issued.json().path("items")).hasSize(3);
              assertThat(issued.response().body()).doesNotContain("zhang-san");
              assertThat(issued.json().findValuesAsText("status"))
                  .containsExactlyInAnyOrder("open", "done", "done");
            });
    assertThat(as(AUDITOR, "GET", "/v1/supervision", null).json().path("recalls")).hasSize(1);
    assertThat(as(AUDITOR, "GET", "/supervision?lang=zh", null).response().body())
        .contains("未了结的数据召回", "1 件待确认", "违法日期有误");
    JsonNode own = recall(CITIZEN, "/v1/me/recalls");
    assertThat(own.path("offices")).hasSize(1);
    assertThat(own.toString()).doesNotContain("zhang-san");
    assertThat(as(CITIZEN, "GET", "/my-data?lang=en", null).response().body())
        .contains("Data that were corrected", "1 case waits")
        .doesNotContain("zhang-san");
  }

  private void isAcknowledged() {
    String note = example("{\"case\":\"permits/c-1\",\"note\"");
    assertThat(as(CLERK, "POST", DONE, note.replace("c-1", "c-9")).code())
        .isEqualTo("RECALL_CASE_UNKNOWN");
    Answer done = as(CLERK, "POST", DONE, note);
    assertThat(done.status()).as(done.response().body()).isEqualTo(200);
    assertThat(done.json().path("status").asText()).isEqualTo("done");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(as(AUDITOR, "GET", "/v1/supervision", null).json().path("recalls"))
                    .isEmpty());
    assertThat(recall(CITIZEN, "/v1/me/recalls").path("status").asText()).isEqualTo("done");
    assertThat(recall(AUDITOR, "/v1/exchange/recalls").at("/receivers/0/note").asText())
        .isEqualTo("已按更正后的日期重新核定");
  }
}
