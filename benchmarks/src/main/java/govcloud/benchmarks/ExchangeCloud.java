package govcloud.benchmarks;

import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Onward;
import govcloud.domain.sharing.Policy;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two departments on nodes that serve: the police hold a record of 2 KiB of somebody, and transport
 * clerks have cases because of which they may ask for it.
 */
final class ExchangeCloud {

  private static final int CASES = 200;
  private static final int FIELDS = 10;
  private static final int FIELD_LENGTH = 190;
  private static final String SUBJECT = "999999199001010016";
  private static final String CLERK = "zhang-san;role=window-clerk";

  private final BenchmarkNodes nodes;
  private final List<String> urls;
  private final HttpClient http;
  private final String run = Long.toString(System.nanoTime(), 36);

  /** Serves, and lets the departments agree. */
  ExchangeCloud(BenchmarkNodes nodes) throws IOException, InterruptedException {
    this.nodes = nodes;
    this.urls = nodes.serve();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ApiCaller.PATIENCE)
            .build();
    for (String tenant : List.of("transport", "police")) {
      caller(0).register(tenant);
    }
    caller(0).rent("transport", "permits", "administrative-approval");
    caller(0).rent("police", "register", "data-register");
    cases();
    agree();
  }

  HttpClient http() {
    return http;
  }

  int nodes() {
    return urls.size();
  }

  /** The record, asked of the provider's own app: what its clerks get without an exchange. */
  HttpRequest bare(long number) {
    return request(number, "GET", "/v1/tenants/police/apps/register/cases/r-1").build();
  }

  /** The same record through the exchange, because of one of the cases. */
  HttpRequest exchange(long number) {
    return query(number, Long.toString(number));
  }

  /** A query that is sent to one node. */
  HttpRequest query(long node, String message) {
    long cited = Math.floorMod(message.hashCode(), CASES);
    String body =
        "{\"case\":{\"app\":\"permits\",\"case\":\"c-%d\"},\"subject\":{\"number\":\"%s\"}}"
            .formatted(cited, SUBJECT);
    return request(node, "POST", "/v1/tenants/transport/exchange/records/queries", body)
        .header("Idempotency-Key", run + "-" + message)
        .header("Govcloud-Acting-As", CLERK)
        .build();
  }

  /** Suspends the agreement, or lets it hold again. */
  void hold(boolean held) {
    tell(
        "agreement/transport/records",
        "zhao",
        "head",
        held
            ? new AgreementCommand.Suspend("police", "figures")
            : new AgreementCommand.Resume("police"));
  }

  private HttpRequest.Builder request(long node, String method, String path, String... body) {
    return caller(node).request(method, path, body);
  }

  private ApiCaller caller(long node) {
    return new ApiCaller(
        http, urls.get((int) Math.floorMod(node, (long) urls.size())), BenchmarkNodes.TOKEN);
  }

  private void cases() throws IOException, InterruptedException {
    String applicant =
        "\"applicant\":{\"name\":\"Wang\",\"kind\":\"person\",\"document_kind\":\"identity-card\","
            + "\"document_number\":\""
            + SUBJECT
            + "\"}";
    String record =
        IntStream.range(0, FIELDS)
            .mapToObj(i -> "\"field_" + i + "\":\"" + "r".repeat(FIELD_LENGTH) + "\"")
            .collect(Collectors.joining(",", "{\"number\":\"" + SUBJECT + "\",", "}"));
    var caller = caller(0);
    caller.send(
        caller.request(
            "PUT",
            "/v1/tenants/police/apps/register/cases/r-1",
            "{\"title\":\"record\"," + applicant + ",\"form\":" + record + "}"));
    String form =
        "{\"title\":\"renewal\","
            + applicant
            + ",\"form\":{\"project_name\":\"p\",\"task_name\":\"t\",\"task_type\":\"licence\","
            + "\"project_type\":\"promise\",\"applyer_name\":\"Wang\","
            + "\"applyer_type\":\"natural-person\"}}";
    for (int i = 0; i < CASES; i++) {
      String path = "/v1/tenants/transport/apps/permits/cases/c-" + i;
      caller.send(caller.request("PUT", path, form));
      caller.send(caller.request("POST", path + "/assignment", "{\"assignee\":\"zhang-san\"}"));
    }
  }

  private void agree() {
    tell(
        "resource/police/records", "wang", Actor.OPERATOR, new ResourceCommand.Publish(resource()));
    String agreement = "agreement/transport/records";
    var terms = terms();
    tell(agreement, "li", "head", new AgreementCommand.Apply("transport", terms, resource()));
    tell(agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    tell(agreement, "zhao", "head", new AgreementCommand.Sign("police", terms.address()));
    tell(agreement, "li", "head", new AgreementCommand.Sign("transport", terms.address()));
  }

  private void tell(String entity, String person, String role, Object command) {
    BenchmarkNodes.tell(nodes.first(), entity, new Actor(person, role), command);
  }

  private static Item item(String name, ItemType type, boolean key) {
    return new Item(name, type, Sensitivity.L2, new LocalText(name, name), key);
  }

  private static DataResource resource() {
    List<Item> items = new ArrayList<>();
    items.add(item("number", ItemType.CITIZEN_NUMBER, true));
    IntStream.range(0, FIELDS).forEach(i -> items.add(item("field_" + i, ItemType.TEXT, false)));
    return new DataResource(
        "police",
        "records",
        new LocalText("记录", "Records"),
        new LocalText("记录", "Records"),
        "transport/records",
        SharingClass.CONDITIONAL,
        "figures",
        List.of(Mode.QUERY),
        UpdateCycle.REAL_TIME,
        items,
        Optional.of("number"),
        Provider.app("register"),
        CatalogueEntry.NONE);
  }

  private static AgreementTerms terms() {
    List<AgreementTerms.Field> fields = new ArrayList<>();
    fields.add(new AgreementTerms.Field("number", Masking.ends(3, 4)));
    IntStream.range(0, FIELDS)
        .forEach(i -> fields.add(new AgreementTerms.Field("field_" + i, Masking.PLAIN)));
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new AgreementTerms(
        "police",
        "records",
        1,
        "transport",
        new LocalText("年审", "Inspection"),
        List.of("administrative-approval"),
        "figures",
        fields,
        Optional.empty(),
        Optional.of(
            new Policy(
                "role == 'window-clerk'",
                List.of(
                    new Policy.Example("a clerk", "{\"role\":\"window-clerk\"}", true),
                    new Policy.Example("a visitor", "{\"role\":\"visitor\"}", false)))),
        1_000_000_000,
        now.minusSeconds(60),
        now.plusSeconds(86_400),
        365,
        Onward.FORBIDDEN,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
