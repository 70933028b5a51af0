package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.DataResource;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.crossing.AdoptedAgreements;
import govcloud.node.exchange.crossing.Head;
import govcloud.node.exchange.crossing.KnownCloud;
import govcloud.node.exchange.crossing.KnownClouds;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.sharing.Agreements;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The clouds that are known, and agreements as they are handed over to them. */
final class CloudRoutes {

  private final Optional<Crossing> crossing;
  private final Agreements agreements;
  private final Supplier<String> nonces;
  private final InstantSource clock;

  /**
   * Routes.
   *
   * @param crossing none: this cloud knows no other
   * @param nonces random digits
   */
  CloudRoutes(
      Optional<Crossing> crossing,
      Agreements agreements,
      Supplier<String> nonces,
      InstantSource clock) {
    this.crossing = crossing;
    this.agreements = agreements;
    this.nonces = nonces;
    this.clock = clock;
  }

  void register(Routes routes) {
    routes.on("listClouds", this::list).on("handOverAgreement", this::handOver);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var adopted = crossing.map(Crossing::adopted);
    var known =
        clouds().map(KnownClouds::all).orElse(List.of()).stream()
            .map(cloud -> known(cloud).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(known.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                Replies.ok(
                    new Fields()
                        .with("known", known.stream().map(CompletableFuture::join).toList())
                        .with(
                            "agreements",
                            new TreeMap<>(adopted.map(AdoptedAgreements::all).orElse(Map.of()))
                                .entrySet().stream()
                                    .map(entry -> shape(entry.getKey(), entry.getValue()))
                                    .toList())
                        .with("defects", adopted.map(AdoptedAgreements::defects).orElse(List.of()))
                        .map()));
  }

  private Optional<KnownClouds> clouds() {
    return crossing.map(Crossing::clouds);
  }

  private CompletionStage<Map<String, Object>> known(KnownCloud cloud) {
    var fields =
        new Fields()
            .with("cloud", cloud.name())
            .with("fingerprint", cloud.fingerprint())
            .with("addresses", cloud.addresses())
            .with("departments", cloud.departments());
    return cloud.folders().isEmpty()
        ? CompletableFuture.completedStage(fields.map())
        : crossing
            .orElseThrow()
            .bundles()
            .state(cloud.name())
            .thenApply(state -> fields.maybe("bundles", state).map());
  }

  private static Map<String, Object> shape(String name, Agreed agreed) {
    return new Fields()
        .with("consumer", name.substring(0, name.indexOf('/')))
        .with("agreement", agreed.id())
        .with("cloud", agreed.cloud().orElseThrow())
        .with("provider", agreed.terms().provider())
        .with("resource", agreed.resource().id())
        .with("address", agreed.address())
        .with("valid_until", agreed.terms().validUntil())
        .map();
  }

  private CompletionStage<HttpResponse> handOver(Call call) {
    var consumer = call.path("consumer");
    return agreements
        .find(consumer, call.path("agreement"))
        .thenCompose(
            found -> {
              var contract =
                  found
                      .flatMap(state -> state.contract())
                      .filter(one -> isParty(one, call.path("tenant")))
                      .orElseThrow(() -> none(call, "an agreement in force, of this department"));
              var cloud =
                  clouds()
                      .flatMap(known -> known.ofGuest(consumer))
                      .orElseThrow(() -> none(call, "a consumer that stands for another cloud's"));
              return agreements
                  .resource(contract.terms().provider(), contract.terms().resource())
                  .thenApply(
                      resource ->
                          resource
                              .flatMap(all -> all.version(contract.terms().resourceVersion()))
                              .orElseThrow(() -> none(call, "its resource"))
                              .content())
                  .thenApply(resource -> document(call, cloud, contract, resource));
            });
  }

  private static boolean isParty(Contract contract, String department) {
    return contract.terms().provider().equals(department)
        || contract.terms().consumer().equals(department);
  }

  private static RuntimeException none(Call call, String expected) {
    return Problem.of(
            BorderCode.NOT_FOUND,
            "agreement/%s/%s: none (expected: %s)"
                .formatted(call.path("consumer"), call.path("agreement"), expected))
        .asException();
  }

  private HttpResponse document(
      Call call, KnownCloud cloud, Contract contract, DataResource resource) {
    var own = clouds().orElseThrow();
    var head =
        new Head(
            Head.AGREEMENT,
            own.own(),
            cloud.name(),
            contract.address(),
            clock.instant().toString(),
            nonces.get(),
            call.path("agreement"),
            contract.address(),
            "",
            "");
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("department", cloud.departmentOf(contract.terms().consumer()).orElseThrow());
    body.set("terms", Json.mapper().valueToTree(contract.terms().document()));
    body.set("resource", Json.mapper().valueToTree(resource.document()));
    var signatures = body.putArray("signatures");
    contract
        .signatures()
        .forEach(
            one ->
                signatures
                    .addObject()
                    .put("party", one.party())
                    .put("person", one.person())
                    .put("at", one.at().toString()));
    return HttpResponse.create()
        .withEntity(
            HttpEntities.create(
                ContentTypes.APPLICATION_JSON,
                SignedMessage.sign(head, body, own.signer().current()).toBytes()));
  }
}
