package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.localcassandra.LocalCassandra;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One story over HTTP: a department rents an app and works a case; every answer fits the contract.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ApiIT {

  private static final String TENANT = "/v1/tenants/harbour";
  private static final String APP = TENANT + "/apps/permits";
  private static final String CASE = APP + "/cases/c-1";
  private static final String REGISTRATION =
      """
      {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M","division_code":"999999",
       "disaster_class":"continuous","plan":"standard",
       "contacts":[{"name":"张三","role":"technical"}]}""";
  private static final String NEW_CASE =
      """
      {"title":"道路运输经营许可","applicant":{"name":"王小明"},
       "form":{"project_name":"p","task_name":"t","task_type":"licence",
               "project_type":"promise","applyer_name":"王小明","applyer_type":"natural-person"}}""";

  private ServingNode node;
  private Client client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    var keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "extranet", folder.resolve("shares"), 2, 3, new SecureRandom());
    var archive =
        "govcloud.replication { keys-folder = \"%s\", archive-folder = \"%s\" }"
            .formatted(keys.folder(), folder.resolve("archive"));
    node = ServingNode.start(LocalCassandra.shared(), "api_it", folder, archive);
    client = node.client();
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private static String etag(Answer answer) {
    return answer.header("ETag");
  }

  private Answer post(String path, String body) {
    var now = client.send("GET", path.replaceFirst("/[a-z-]+$", ""), null);
    return client.send("POST", path, body, "If-Match", etag(now));
  }

  @Test
  @Order(1)
  void department_registered_201WithLocationAndReplay() {
    var body = REGISTRATION;
    var first = client.send("PUT", TENANT, body, "Idempotency-Key", "register-1");
    assertThat(first.status()).as(first.response().body()).isEqualTo(201);
    assertThat(first.header("Location")).isEqualTo(TENANT);
    assertThat(etag(first)).isEqualTo("\"1\"");
    var again = client.send("PUT", TENANT, body, "Idempotency-Key", "register-1");
    assertThat(again.json().path("replayed").asBoolean()).isTrue();
    assertThat(again.json().path("version")).isEqualTo(first.json().path("version"));
    var other = body.replace("standard", "large");
    var reused = client.send("PUT", TENANT, other, "Idempotency-Key", "register-1");
    assertThat(reused.status()).isEqualTo(422);
    assertThat(reused.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  @Order(2)
  void department_oldVersion_412WithPresentOne() {
    assertThat(client.send("POST", TENANT + "/activate", "{}", "If-Match", "\"1\"").status())
        .isEqualTo(200);
    var stale = client.send("POST", TENANT + "/suspend", "{\"reason\":\"a\"}", "If-Match", "\"1\"");
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.code()).isEqualTo("VERSION_MISMATCH");
    assertThat(etag(stale)).isEqualTo("\"2\"");
  }

  @Test
  @Order(3)
  void department_dryRun_storesNothing() {
    var dry =
        client.send(
            "POST", TENANT + "/suspend?dry_run=true", "{\"reason\":\"a\"}", "If-Match", "*");
    assertThat(dry.status()).isEqualTo(200);
    assertThat(dry.json().path("dry_run").asBoolean()).isTrue();
    assertThat(dry.json().path("status").asText()).isEqualTo("suspended");
    var now = client.send("GET", TENANT, null);
    assertThat(now.json().path("status").asText()).isEqualTo("active");
    assertThat(now.json().at("/name/zh").asText()).isEqualTo("市港务局");
  }

  @Test
  @Order(4)
  void app_appliedForAndApproved_runsAndItsOperationSucceeds() {
    var application =
        """
        {"definition":"administrative-approval","plan":{"seats":5,"cases":100}}""";
    var applied = client.send("PUT", APP, application, "Govcloud-Acting-As", "head;role=operator");
    assertThat(applied.status()).as(applied.response().body()).isEqualTo(202);
    var operation = applied.header("Location");
    assertThat(client.send("GET", operation, null).status()).isEqualTo(200);
    var approved = post(APP + "/approve", "{}");
    assertThat(approved.status()).as(approved.response().body()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(client.send("GET", APP, null).json().path("status").asText())
                  .isEqualTo("running");
              assertThat(client.send("GET", operation, null).json().path("status").asText())
                  .isEqualTo("succeeded");
            });
  }

  @Test
  @Order(5)
  void case_wrongForm_422WithPlaces() {
    var wrong = NEW_CASE.replace("\"licence\"", "\"favour\"").replace("\"task_name\":\"t\",", "");
    var answer = client.send("PUT", CASE, wrong);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("FORM_INVALID");
    assertThat(answer.json().path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .contains("/form/task_type");
  }

  @Test
  @Order(6)
  void case_created_hasANumberAndIsInTheListAtOnce() {
    var created = client.send("PUT", CASE, NEW_CASE, "Idempotency-Key", "case-1");
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    assertThat(created.json().path("number").asText()).isNotEmpty();
    assertThat(client.send("PUT", CASE, NEW_CASE, "Idempotency-Key", "case-1").json())
        .isEqualTo(withReplayed(created));
    var list =
        client.send(
            "GET",
            APP + "/cases?state=" + created.json().path("status").asText(),
            null,
            "Consistency-Token",
            created.header("X-Consistency-Token"));
    assertThat(list.status()).as(list.response().body()).isEqualTo(200);
    assertThat(list.json().path("items"))
        .extracting(item -> item.path("case").asText())
        .containsExactly("c-1");
  }

  private static Object withReplayed(Answer created) {
    return created
        .json()
        .<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy()
        .put("replayed", true);
  }

  @Test
  @Order(7)
  void case_serverMadeIdentifier_sameKeySameCase() {
    assertThat(client.send("POST", APP + "/cases", NEW_CASE).code())
        .isEqualTo("IDEMPOTENCY_KEY_NEEDED");
    var first = client.send("POST", APP + "/cases", NEW_CASE, "Idempotency-Key", "made-1");
    var again = client.send("POST", APP + "/cases", NEW_CASE, "Idempotency-Key", "made-1");
    assertThat(first.status()).as(first.response().body()).isEqualTo(201);
    assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    assertThat(client.send("GET", first.header("Location"), null).status()).isEqualTo(200);
  }

  @Test
  @Order(8)
  void case_actions_moveItAndWhatIsNotAllowedNamesWhatIs() {
    var clerk = new String[] {"Govcloud-Acting-As", "li;role=window-clerk"};
    var wrong = client.send("POST", CASE + "/actions/accept", "{}", clerk);
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.code()).isEqualTo("CASE_ACTION_NOT_ALLOWED");
    assertThat(wrong.response().body()).contains("apply");
    var forbidden =
        client.send(
            "POST", CASE + "/comments", "{\"text\":\"a\"}", "Govcloud-Acting-As", "x;role=nobody");
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(client.send("GET", CASE, null, clerk).json().path("allowed_actions").toString())
        .contains("apply");
    for (var body :
        Map.of(
                "comments",
                "{\"text\":\"材料齐全\"}",
                "assignment",
                "{\"assignee\":\"li\"}",
                "materials",
                "{\"name\":\"身份证\",\"received\":true}")
            .entrySet()) {
      var answer = client.send("POST", CASE + "/" + body.getKey(), body.getValue(), clerk);
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }
    var deviation = "{\"activity\":\"phone call\",\"reason\":\"not in the process\"}";
    assertThat(client.send("POST", CASE + "/deviations", deviation).status()).isEqualTo(200);
    var now = client.send("GET", CASE, null, clerk).json();
    assertThat(now.path("assignee").asText()).isEqualTo("li");
    assertThat(now.path("materials")).hasSize(1);
    attach(clerk);
    new OwnRequestWalk(client, APP + "/cases/c-own", NEW_CASE).walk();
  }

  /** A file is sent, named by the case and fetched; what was not sent can not be named. */
  private void attach(String[] clerk) {
    var files = TENANT + "/attachments";
    var sent = client.send("POST", files, "王小明", "Content-Type", "text/plain");
    assertThat(sent.status()).as(sent.response().body()).isEqualTo(201);
    var address = sent.json().path("address").asText();
    var note = "{\"name\":\"身份证\",\"attachment\":{\"address\":\"%s\",\"file_name\":\"%s\"}}";
    var unknown = note.formatted("ab".repeat(32), "a.txt");
    assertThat(client.send("POST", CASE + "/materials", unknown, clerk).code())
        .isEqualTo("ATTACHMENT_UNKNOWN");
    var path = note.formatted(address, "../a.txt");
    assertThat(client.send("POST", CASE + "/materials", path, clerk).code())
        .isEqualTo("CASE_ATTACHMENT_INVALID");
    var named = client.send("POST", CASE + "/materials", note.formatted(address, "证.txt"), clerk);
    assertThat(named.status()).as(named.response().body()).isEqualTo(200);
    var material = client.send("GET", CASE, null, clerk).json().path("materials").get(0);
    assertThat(material.path("received").asBoolean()).isTrue();
    assertThat(material.at("/attachment/file_name").asText()).isEqualTo("证.txt");
    assertThat(material.at("/attachment/length").asInt()).isEqualTo(9);
    assertThat(client.send("GET", files + "/" + address, null).response().body()).isEqualTo("王小明");
  }

  @Test
  @Order(9)
  void case_history_hasEveryEventInOrderAndPages() {
    var whole = client.send("GET", CASE + "/history", null).json().path("items");
    assertThat(whole)
        .extracting(item -> item.path("type").asText())
        .contains("created", "commented", "assigned", "material-recorded", "deviation-noted");
    var first = client.send("GET", CASE + "/history?page_size=1", null).json();
    assertThat(first.path("items").get(0)).isEqualTo(whole.get(0));
    var next = "?page_size=1000&page_token=" + first.path("next_page_token").asText();
    assertThat(client.send("GET", CASE + "/history" + next, null).json().path("items").size())
        .isEqualTo(whole.size() - first.path("items").size());
  }

  @Test
  @Order(10)
  void lists_ofEverything_fitTheContract() {
    for (var path :
        List.of(
            "/v1/tenants?page_size=1",
            "/v1/tenants?status=active&sort=updated",
            "/v1/apps?status=running",
            TENANT + "/apps",
            TENANT + "/worklist?assignee=li",
            APP + "/cases?sort=due",
            "/v1/operations?status=succeeded",
            "/v1/catalogue",
            "/v1/catalogue/administrative-approval/1",
            "/v1/catalogue/document-flow/1",
            "/v1/catalogue/environmental-permit-receipt/1",
            TENANT + "/usage",
            "/v1/cluster",
            "/v1/attention",
            "/live",
            "/ready",
            "/openapi.json",
            "/openapi.yaml")) {
      assertThat(client.send("GET", path, null).status()).as(path).isEqualTo(200);
    }
    assertThat(client.send("GET", "/v1/attention", null).json().toString())
        .contains("CASSANDRA_UNSAFE", "commitlog_sync: periodic (expected: batch or group)");
    assertThat(client.send("GET", "/v1/tenants?page_token=nonsense", null).code())
        .isEqualTo("PAGE_TOKEN_INVALID");
    assertThat(client.send("GET", "/v1/tenants/nobody", null).status()).isEqualTo(404);
    assertThat(client.send("POST", "/v1/cluster/nodes/node-9/drain", null).status()).isEqualTo(404);
    assertThat(client.send("POST", "/v1/cluster/nodes/node-1/drain?dry_run=true", null).status())
        .isEqualTo(202);
  }

  @Test
  @Order(11)
  void events_readAgainFromACursor_goOnExactlyThere() throws Exception {
    var all = events("?from=start&tenant=harbour&type=govcloud.case", "", seen -> seen.size() == 6);
    var before = data(all.subList(0, 3));
    var after = data(all.subList(3, 6));
    // Events of different slices have no order among themselves: others may come in between.
    var rest =
        events(
            "?tenant=harbour&type=govcloud.case",
            all.get(2).id(),
            seen -> data(seen).containsAll(after));
    assertThat(data(rest)).doesNotHaveDuplicates().doesNotContainAnyElementsOf(before);
    assertThat(client.send("GET", "/v1/events", null, "Last-Event-ID", "nonsense").code())
        .isEqualTo("EVENT_CURSOR_MALFORMED");
  }

  private record Event(String id, String data) {}

  private static List<String> data(List<Event> events) {
    return events.stream().map(Event::data).toList();
  }

  private List<Event> events(String query, String lastEventId, Predicate<List<Event>> enough)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(node.url() + "/v1/events" + query))
            .header("Authorization", "Bearer " + ServingNode.TOKEN);
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    var response =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    try (var body = response.body()) {
      return CompletableFuture.supplyAsync(() -> read(body, enough)).get(60, TimeUnit.SECONDS);
    }
  }

  private static List<Event> read(InputStream body, Predicate<List<Event>> enough) {
    var events = new ArrayList<Event>();
    var id = "";
    var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          events.add(new Event(id, line.substring(6)));
          if (enough.test(events)) {
            return events;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  @Test
  @Order(12)
  void firstPage_withTheLink_isThereInBothLanguages() {
    assertThat(client.anonymously("GET", "/").status()).isEqualTo(401);
    assertThat(client.anonymously("GET", "/?token=wrong").status()).isEqualTo(401);
    var welcome = client.anonymously("GET", "/?token=" + ServingNode.TOKEN);
    assertThat(welcome.status()).isEqualTo(303);
    assertThat(welcome.header("Location")).isEqualTo("/");
    var inChinese = client.anonymously("GET", "/?token=" + ServingNode.TOKEN + "&lang=zh");
    assertThat(inChinese.header("Location")).isEqualTo("/?lang=zh");
    var cookie = welcome.header("Set-Cookie").replaceFirst(";.*", "");
    assertThat(welcome.header("Set-Cookie")).contains("HttpOnly").contains("SameSite=Strict");
    assertThat(cookie).doesNotContain(ServingNode.TOKEN);
    var chinese = client.anonymously("GET", "/?lang=zh", "Cookie", cookie);
    assertThat(chinese.response().body()).contains("总览").contains("市港务局").contains("行政审批");
    var english = client.anonymously("GET", "/", "Cookie", cookie, "Accept-Language", "en");
    assertThat(english.response().body()).contains("Overview").contains("Harbour Office");
    assertThat(english.header("Content-Security-Policy")).contains("script-src 'self'");
    assertThat(client.anonymously("GET", "/v1/tenants", "Cookie", cookie).status()).isEqualTo(401);
  }
}
