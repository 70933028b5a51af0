package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.CitizenNumber;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import govcloud.node.sharing.Agreements;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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

/** The police publish a resource; the transport bureau finds it, applies, both sign, it ends. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SharingIT {

  private static final String OWN = "/v1/tenants/police/resources/traffic-violations";
  private static final String SHARED = "/v1/sharing/resources/police/traffic-violations";
  private static final String ANY = "/v1/sharing/agreements/transport/inspection";
  private static final String POLICE = "/v1/tenants/police/agreements/transport/inspection";
  private static final String TRANSPORT = "/v1/tenants/transport/agreements/transport/inspection";
  private static final String REASON = "{\"reason\":\"《道路运输条例》 has changed\"}";
  private static final String RESOURCE =
      """
      {"title":{"zh":"机动车交通违法信息","en":"Traffic violations"},
       "summary":{"zh":"未处理的违法","en":"Violations that are not settled"},
       "category":"transport/violations","sharing":"conditional","sharing_basis":"营运车辆管理",
       "modes":["query","predicate"],"updates":"real_time",
       "items":[
        {"name":"plate","type":"text","sensitivity":"l2","title":{"zh":"号牌号码","en":"Plate"},"key":true,"length":8,"element":"DE01001"},
        {"name":"driver_number","type":"citizen_number","sensitivity":"l3","title":{"zh":"驾驶人","en":"Driver"}},
        {"name":"points","type":"integer","sensitivity":"l1","title":{"zh":"记分","en":"Points"}}],
       "subject":"driver_number","provider":{"kind":"mock"},
       "catalogue":{"code":"307030000108/000012","format":"interface","opening":"closed",
        "related":["307030000108/000013"],"quality":{"completeness":99},"availability":995,
        "answer_millis":500,"contact":"车管所 0000"}}\
      """;

  private ServingNode node;
  private Client client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    node = ServingNode.start(LocalCassandra.shared(), "sharing_it", folder);
    client = node.client();
    for (var department : List.of("police", "transport", "tax")) {
      register(department);
    }
  }

  @AfterAll
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private void register(String department) {
    var body =
        """
        {"name":{"zh":"部门","en":"Department"},"credit_code":"11999999MB1234567M","division_code":"999999",
         "disaster_class":"continuous","plan":"standard","contacts":[]}\
        """;
    var path = "/v1/tenants/" + department;
    assertThat(client.send("PUT", path, body).status()).isEqualTo(201);
    assertThat(client.send("POST", path + "/activate", "{}", "If-Match", "*").status())
        .isEqualTo(200);
  }

  private Answer as(String person, String method, String path, String body) {
    return client.send(method, path, body, "Govcloud-Acting-As", person);
  }

  private Answer done(String person, String method, String path, String body) {
    var answer = as(person, method, path, body);
    assertThat(answer.status()).as(answer.response().body()).isIn(200, 201);
    return answer;
  }

  private static String application(Instant until, String more) {
    return """
    {"provider":"police","resource":"traffic-violations","resource_version":2,
     "purpose":{"zh":"营运车辆年审","en":"Yearly inspection"},"matters":["administrative-approval"],
     "legal_basis":"《道路运输条例》",%s
     "fields":[{"item":"plate","masking":{"rule":"plain"}},
               {"item":"driver_number","masking":{"rule":"ends","first":3,"last":4}}],
     "quota_per_day":1000,"valid_from":"2020-01-01T00:00:00Z","valid_until":"%s",
     "retention_days":365,"onward":"forbidden"}\
    """
        .formatted(more, until.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String application(String more) {
    return application(Instant.parse("2099-01-01T00:00:00Z"), more);
  }

  private JsonNode found(String query, Answer after) {
    var list =
        client.send(
            "GET",
            "/v1/sharing/resources?q=" + query,
            null,
            "Consistency-Token",
            after.header("X-Consistency-Token"));
    assertThat(list.status()).as(list.response().body()).isEqualTo(200);
    return list.json().path("items");
  }

  @Test
  @Order(1)
  void resource_published_isFoundInBothLanguages_hasSchemaAndMock() throws Exception {
    var published = done("li;role=data-officer", "PUT", OWN, RESOURCE);
    assertThat(published.header("Location")).isEqualTo(SHARED);
    for (var query :
        List.of(
            "%E4%BA%A4%E9%80%9A%E8%BF%9D%E6%B3%95",
            "TRAFFIC", "violations%20plate", "307030000108/000012", "DE01001")) {
      assertThat(found(query, published))
          .extracting(item -> item.path("resource").asText())
          .as(query)
          .containsExactly("traffic-violations");
    }
    assertThat(found("%E7%A8%8E%E5%8A%A1", published)).isEmpty();
    var schema = client.send("GET", SHARED + "/schema", null).json();
    var check = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
    var records = client.send("GET", SHARED + "/mock?seed=7&count=20", null).json().path("items");
    assertThat(records).hasSize(20);
    for (var record : records) {
      assertThat(check.validate(record)).isEmpty();
      assertThat(CitizenNumber.isValid(record.path("driver_number").asText())).isTrue();
    }
  }

  @Test
  @Order(2)
  void catalogue_hasTheCoreMetadata_andIsAPageInBothLanguages() {
    var shown = done("visitor;role=data-officer", "GET", SHARED, null).json();
    assertThat(shown.path("owner_code").asText()).isEqualTo("11999999MB1234567M");
    assertThat(shown.path("owner_name").path("en").asText()).isEqualTo("Department");
    assertThat(shown.at("/content/catalogue/code").asText()).isEqualTo("307030000108/000012");
    assertThat(shown.at("/content/items/0/length").asInt()).isEqualTo(8);
    for (var link : List.of("schema", "mock")) {
      assertThat(client.send("GET", shown.path(link).asText(), null).status()).isEqualTo(200);
    }
    var page = as("li;role=data-officer", "GET", "/resources?lang=zh&q=DE01001", null);
    assertThat(page.response().body())
        .contains("机动车交通违法信息", "/resources/police/traffic-violations");
    var one = "/resources/police/traffic-violations?lang=";
    assertThat(as("li;role=data-officer", "GET", one + "zh", null).response().body())
        .contains("资源代码", "有条件共享", "11999999MB1234567M", "307030000108/000012", "完整性 99 %");
    assertThat(as("li;role=data-officer", "GET", one + "en", null).response().body())
        .contains("Traffic violations", "99.5 %", "DE01001", "completeness 99 %");
    assertThat(as("li;role=data-officer", "GET", "/resources/tax/none?lang=en", null).status())
        .isEqualTo(404);
    var bad = as("li;role=data-officer", "PUT", OWN, RESOURCE.replace("\"closed\"", "\"open\""));
    assertThat(bad.code()).isEqualTo("RESOURCE_INVALID");
    assertThat(bad.json().path("at").asText()).isEqualTo("/catalogue/opening");
  }

  @Test
  @Order(3)
  void nextVersion_withoutAnItem_isRefusedWithItsPlace_andWithOneMoreIsTaken() {
    var retyped = RESOURCE.replace("\"integer\"", "\"decimal\"");
    var refused = as("li;role=data-officer", "PUT", OWN, retyped);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("RESOURCE_INCOMPATIBLE");
    assertThat(refused.json().path("at").asText()).isEqualTo("/items/2/type");
    var more =
        RESOURCE.replace(
            "\"items\":[",
            "\"items\":[{\"name\":\"fine\",\"type\":\"decimal\",\"sensitivity\":\"l4\","
                + "\"title\":{\"zh\":\"罚款\",\"en\":\"Fine\"}},");
    done("li;role=data-officer", "PUT", OWN, more);
    var newest = client.send("GET", SHARED, null).json();
    assertThat(newest.path("resource_version").asInt()).isEqualTo(2);
    var first = client.send("GET", SHARED + "?resource_version=1", null).json();
    assertThat(first.at("/content/items")).hasSize(3);
    assertThat(client.send("GET", SHARED + "?resource_version=9", null).status()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void application_checkedAnsweredAndSigned_isEffectiveForItsPartiesAlone() {
    var policy =
        "\"policy\":{\"source\":\"1 + \",\"examples\":["
            + "{\"name\":\"a\",\"input\":\"{}\",\"permit\":true},"
            + "{\"name\":\"b\",\"input\":\"{}\",\"permit\":false}]},";
    var unsound = as("zhao;role=data-officer", "PUT", TRANSPORT, application(policy));
    assertThat(unsound.status()).isEqualTo(422);
    assertThat(unsound.json().path("at").asText()).startsWith("/policy");
    var older = application("").replace("_version\":2", "_version\":1");
    assertThat(as("zhao;role=data-officer", "PUT", TRANSPORT, older).code())
        .isEqualTo("RESOURCE_NOT_FOUND");
    done("zhao;role=data-officer", "PUT", TRANSPORT, application(""));
    done("wang;role=operator", "POST", ANY + "/confirm", "{}");
    assertThat(as("zhao;role=data-officer", "POST", TRANSPORT + "/consent", "{}").code())
        .isEqualTo("AGREEMENT_PARTY_WRONG");
    done("li;role=data-officer", "POST", POLICE + "/consent", "{}");
    var address = client.send("GET", POLICE, null).json().at("/application/address").asText();
    var sign = "{\"address\":\"%s\"}";
    assertThat(
            as(
                    "sun;role=agreement-signer",
                    "POST",
                    POLICE + "/sign",
                    sign.formatted("0".repeat(64)))
                .code())
        .isEqualTo("AGREEMENT_ADDRESS_WRONG");
    done("sun;role=agreement-signer", "POST", POLICE + "/sign", sign.formatted(address));
    assertThat(
            as("sun;role=agreement-signer", "POST", TRANSPORT + "/sign", sign.formatted(address))
                .code())
        .isEqualTo("AGREEMENT_SIGNER_TWICE");
    var last =
        done("qian;role=agreement-signer", "POST", TRANSPORT + "/sign", sign.formatted(address));
    assertThat(last.json().path("status").asText()).isEqualTo("effective");
    assertThat(client.send("GET", TRANSPORT, null).json().at("/in_force/address").asText())
        .isEqualTo(address);
    assertListed(last);
  }

  private void assertListed(Answer last) {
    for (var entry : Map.of("police", 1, "transport", 1, "tax", 0).entrySet()) {
      var list =
          client.send(
              "GET",
              "/v1/tenants/" + entry.getKey() + "/agreements",
              null,
              "Consistency-Token",
              last.header("X-Consistency-Token"));
      assertThat(list.json().path("items")).as(entry.getKey()).hasSize(entry.getValue());
    }
    assertThat(
            client.send("GET", "/v1/sharing/agreements?status=effective", null).json().at("/items"))
        .hasSize(1);
  }

  @Test
  @Order(5)
  void department_thatIsNoParty_findsNothingWhateverItAsks() {
    for (var action : List.of("", "/suspend", "/revoke", "/sign")) {
      var body =
          action.isEmpty()
              ? null
              : action.equals("/sign") ? "{\"address\":\"" + "0".repeat(64) + "\"}" : REASON;
      var method = action.isEmpty() ? "GET" : "POST";
      var foreign =
          client.send(method, "/v1/tenants/tax/agreements/transport/inspection" + action, body);
      var unknown =
          client.send(method, "/v1/tenants/tax/agreements/transport/nothing" + action, body);
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.json().path("detail").asText())
          .isEqualTo(unknown.json().path("detail").asText().replace("nothing", "inspection"));
    }
    assertThat(
            client
                .send("PUT", "/v1/tenants/tax/agreements/transport/other", application(""))
                .status())
        .isEqualTo(404);
  }

  @Test
  @Order(6)
  void revocation_holdsWithinTwoSecondsForWhoeverLetsDataThrough() {
    var agreements = new Agreements(node.context().entities());
    assertThat(effective(agreements)).isPresent();
    var suspended = done("sun;role=agreement-signer", "POST", POLICE + "/suspend", REASON);
    assertThat(suspended.json().path("status").asText()).isEqualTo("suspended");
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> effective(agreements).isEmpty());
    done("sun;role=agreement-signer", "POST", POLICE + "/resume", "{}");
    assertThat(effective(agreements)).isPresent();
    done("qian;role=agreement-signer", "POST", TRANSPORT + "/revoke", REASON);
    await()
        .atMost(Duration.ofSeconds(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> effective(agreements).isEmpty());
    assertThat(client.send("GET", POLICE, null).json().path("status").asText())
        .isEqualTo("revoked");
  }

  private static Optional<AgreementState.Contract> effective(Agreements agreements) {
    return agreements
        .find("transport", "inspection")
        .toCompletableFuture()
        .join()
        .flatMap(state -> state.effectiveAt(Instant.now()));
  }

  @Test
  @Order(7)
  void unconditionalResource_appliedFor_needsNoConsentAndEndsByItself() {
    var open =
        RESOURCE
            .replace("\"conditional\"", "\"unconditional\"")
            .replace("营运车辆管理", "")
            .replace("Traffic", "Open traffic");
    done("li;role=data-officer", "PUT", "/v1/tenants/police/resources/open", open);
    var path = "/v1/tenants/transport/agreements/transport/open";
    var until = Instant.now().plusSeconds(15);
    var body =
        application(until, "")
            .replace(
                "\"traffic-violations\",\"resource_version\":2", "\"open\",\"resource_version\":1");
    done("zhao;role=data-officer", "PUT", path, body);
    var address = client.send("GET", path, null).json().at("/application/address").asText();
    var signed =
        done(
            "qian;role=agreement-signer",
            "POST",
            path + "/sign",
            "{\"address\":\"%s\"}".formatted(address));
    assertThat(signed.json().path("status").asText()).isEqualTo("effective");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> client.send("GET", path, null).json().path("status").asText().equals("expired"));
  }

  @Test
  @Order(8)
  void withdrawnResource_isFoundNoMore_andNobodyCanApplyForIt() {
    var withdrawn = done("li;role=data-officer", "POST", OWN + "/withdraw", REASON);
    assertThat(found("plate", withdrawn))
        .extracting(item -> item.path("resource").asText())
        .containsExactly("open");
    var late =
        as(
            "zhao;role=data-officer",
            "PUT",
            "/v1/tenants/transport/agreements/transport/late",
            application(""));
    assertThat(late.code()).isEqualTo("RESOURCE_WITHDRAWN");
    assertThat(client.send("GET", SHARED, null).json().path("status").asText())
        .isEqualTo("withdrawn");
  }
}
