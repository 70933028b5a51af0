package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.OperationCommand;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Client;
import govcloud.node.subject.Erasures;
import govcloud.node.vault.PersonalData;
import govcloud.replication.keys.VaultKeys;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
 * A person gives data to the permit office, a court has them kept, and then they are erased: with
 * copies of everything but the vault nothing opens, and what was signed is still proved.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class PersonalDataIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int ZSTD = 0x28B52FFD;
  private static final String TENANT = "/v1/tenants/office";
  private static final String APP = TENANT + "/apps/permits";
  private static final String CASE = APP + "/cases/c-1";
  private static final String ENTITY = "case/office/permits/c-1";
  private static final String NUMBER = "999999199001010016";
  private static final List<String> SECRETS = List.of("欧阳静", NUMBER, "13912345678");
  private static final String NEW_CASE =
      """
      {"title":"占道施工","applicant":{"name":"欧阳静","document_kind":"identity-card",
        "document_number":"999999199001010016"},
       "form":{"project_name":"p","task_name":"占道许可","task_type":"licence",
               "project_type":"promise","applyer_name":"欧阳静","applyer_type":"natural-person",
               "applyer_page_code":"999999199001010016","contact_mobile":"13912345678"}}""";
  private static final String[] OPERATOR = {"Govcloud-Acting-As", "li;role=" + Actor.OPERATOR};
  private static final String[] SECURITY = {"Govcloud-Acting-As", "sun;role=" + Roles.SECURITY};
  private static final Pattern SEALED = Pattern.compile("sealed:1:p-[0-9a-f]{32}:[0-9A-Za-z_:-]+");

  private TwoClouds clouds;
  private ServingNode node;
  private Client client;
  private String subject;
  private String copies;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "");
    VaultKeys.create(clouds.keys(TwoClouds.HARBOUR), new SecureRandom());
    node = clouds.startHarbour();
    client = node.client();
    clouds.startMountain();
    TwoClouds.register(client, "office");
    client.send("POST", TENANT + "/activate", "{}", "If-Match", "*");
    client.send(
        "PUT",
        APP,
        "{\"definition\":\"administrative-approval\",\"plan\":{\"seats\":5,\"cases\":100}}",
        "Govcloud-Acting-As",
        "head;role=operator");
    client.send("POST", APP + "/approve", "{}", "If-Match", "*");
    await().atMost(SOON).until(() -> get(APP).path("status").asText().equals("running"));
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private JsonNode get(String path) {
    return client.send("GET", path, null).json();
  }

  private String person(String more) {
    return TENANT + "/data-subjects/" + subject + more;
  }

  /** Every cell of every table but the vault, as text. */
  private String everything() throws Exception {
    var session = node.context().cassandra();
    var keyspace = clouds.keyspace(TwoClouds.HARBOUR);
    var all = new ByteArrayOutputStream();
    var tables =
        session.execute(
            SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace));
    for (Row table : tables) {
      var name = table.getString("table_name");
      if (!name.equals("subject_keys")) {
        for (Row row : session.execute("SELECT * FROM " + keyspace + "." + name)) {
          for (int i = 0; i < row.size(); i++) {
            var cell = row.getBytesUnsafe(i);
            if (cell != null) {
              all.write(unpacked(cell));
              all.write('\n');
            }
          }
        }
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** The log and its chunks are packed; a search in packed bytes would find nothing. */
  private static byte[] unpacked(ByteBuffer cell) {
    var bytes = new byte[cell.remaining()];
    cell.get(bytes);
    boolean packed = bytes.length > 4 && ByteBuffer.wrap(bytes).getInt() == ZSTD;
    return packed ? Zstd.decompress(bytes, (int) Zstd.getFrameContentSize(bytes)) : bytes;
  }

  @Test
  @Order(1)
  void newCase_isReadAsGiven_andNowhereStoredReadable() throws Exception {
    var created = client.send("PUT", CASE, NEW_CASE, "Idempotency-Key", "k-1");
    assertThat(created.status()).as(created.response().body()).isEqualTo(201);
    var again = client.send("PUT", CASE, NEW_CASE, "Idempotency-Key", "k-2");
    assertThat(again.json().path("version").asLong()).as(again.response().body()).isEqualTo(1);
    var read = get(CASE);
    assertThat(read.at("/applicant/name").asText()).isEqualTo("欧阳静");
    assertThat(read.at("/form/contact_mobile").asText()).isEqualTo("13912345678");
    subject = read.path("data_subject").asText();
    var list =
        client.send(
            "GET",
            APP + "/cases",
            null,
            "Consistency-Token",
            created.header("X-Consistency-Token"));
    assertThat(list.json().at("/items/0/applicant").asText()).isEqualTo("欧阳静");
    copies = everything();
    assertThat(copies).contains("占道许可").doesNotContain(SECRETS);
  }

  @Test
  @Order(2)
  void heldPerson_isFound_andNotErased() {
    var found =
        client.send("POST", TENANT + "/data-subjects", "{\"number\":\"" + NUMBER + "\"}", SECURITY);
    assertThat(found.json().path("subject").asText()).isEqualTo(subject);
    assertThat(found.json().path("readable").asBoolean()).isTrue();
    var hold = person("/holds/court-14");
    assertThat(client.send("PUT", hold, "{\"reason\":\"2026-14\"}", OPERATOR).code())
        .isEqualTo("SUBJECT_ROLE_WRONG");
    assertThat(client.send("PUT", hold, "{\"reason\":\"2026-14\"}", SECURITY).status())
        .isEqualTo(200);
    var refused = ask();
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("SUBJECT_HELD");
    assertThat(get(CASE).at("/applicant/name").asText()).isEqualTo("欧阳静");
    assertThat(client.send("POST", hold + "/release", "{}", SECURITY).status()).isEqualTo(200);
  }

  private Client.Answer ask() {
    return client.send(
        "POST", person("/erasure"), "{\"legal_basis\":\"consent-withdrawn\"}", OPERATOR);
  }

  private void sign(String operation, String person, String role) {
    var signature = new CommandSignature("erase", person, "", "", "", "", "");
    var sign = new OperationCommand.Sign(signature, Instant.now().plusSeconds(600));
    var answer =
        node.entities()
            .<Object>ask("operation/" + operation, Request.of(sign, new Actor(person, role)))
            .toCompletableFuture()
            .join();
    assertThat(answer.accepted()).as(String.valueOf(answer.refusal())).isTrue();
  }

  @Test
  @Order(3)
  void erasedPerson_isReadAsErased_everywhere() throws Exception {
    var asked = ask();
    assertThat(asked.status()).as(asked.response().body()).isEqualTo(202);
    var operation = asked.json().path("operation").asText();
    sign(operation, "li", Actor.OPERATOR);
    sign(operation, "sun", Roles.SECURITY);
    var context = node.context();
    new Erasures(context.entities(), context.personal(), Clock.systemUTC())
        .begin(
            operation,
            "subject/office/" + subject + "/consent-withdrawn",
            new Actor("sun", Roles.SECURITY))
        .toCompletableFuture()
        .join();
    var read = get(CASE);
    assertThat(read.toString()).doesNotContain(SECRETS).contains("占道许可");
    assertThat(read.at("/form/contact_mobile").asText()).isEqualTo(PersonalData.ERASED);
    assertThat(read.path("unreadable")).hasSize(5);
    assertThat(get(CASE + "/history").toString())
        .doesNotContain(SECRETS)
        .contains(PersonalData.ERASED);
    assertThat(get(APP + "/cases").at("/items/0/applicant").asText())
        .isEqualTo(PersonalData.ERASED);
    var state = client.send("GET", person(""), null, SECURITY).json();
    assertThat(state.path("readable").asBoolean()).isFalse();
    assertThat(state.at("/erasures/0/legal_basis").asText()).isEqualTo("consent-withdrawn");
    assertThat(get("/v1/operations/" + operation).path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  @Order(4)
  void copiesFromBefore_openNowhere() {
    var values = new ArrayList<String>();
    var found = SEALED.matcher(copies);
    while (found.find()) {
      values.add(found.group());
    }
    assertThat(values).hasSizeGreaterThan(5);
    var opener =
        node.context().personal().opener("office", values.stream()).toCompletableFuture().join();
    var erased = 0;
    for (var value : values) {
      for (var place : List.of("applicant/name", "form/applyer_name", "form/contact_mobile")) {
        var opened = opener.open(ENTITY, place, value).text();
        // Where other bytes follow, what was found is no sealed value, and stays as it is.
        assertThat(opened).isIn(PersonalData.ERASED, value);
        erased += opened.equals(PersonalData.ERASED) ? 1 : 0;
      }
    }
    assertThat(erased).isGreaterThan(10);
  }

  @Test
  @Order(5)
  void chainAndCuts_areProvedAsBefore() {
    client.send("POST", "/v1/replication/cuts", null);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var report = clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN);
              assertThat(report.findings()).isEmpty();
              assertThat(report.provedCuts()).hasSizeGreaterThan(1);
            });
    assertThat(get(CASE + "/history").path("items")).isNotEmpty();
  }

  @Test
  @Order(6)
  void personWhoComesAgain_hasANewKey_andTheOldDataStayErased() {
    var other = client.send("PUT", APP + "/cases/c-2", NEW_CASE);
    assertThat(other.status()).as(other.response().body()).isEqualTo(201);
    assertThat(get(APP + "/cases/c-2").at("/applicant/name").asText()).isEqualTo("欧阳静");
    assertThat(get(CASE).at("/applicant/name").asText()).isEqualTo(PersonalData.ERASED);
  }

  @Test
  @Order(7)
  void nodeWithoutTheVaultsKey_whereSomebodyHasAKey_isRefused() {
    var session = node.context().cassandra();
    assertThatThrownBy(
            () ->
                PersonalData.of(
                    clouds.keys(TwoClouds.MOUNTAIN),
                    session,
                    clouds.keyspace(TwoClouds.HARBOUR),
                    Clock.systemUTC()))
        .hasMessageStartingWith("govcloud.replication.keys-folder: no vault.key");
    var withoutPeople =
        PersonalData.of(
            clouds.keys(TwoClouds.MOUNTAIN),
            session,
            clouds.keyspace(TwoClouds.MOUNTAIN),
            Clock.systemUTC());
    assertThat(withoutPeople.seals()).isFalse();
  }
}
