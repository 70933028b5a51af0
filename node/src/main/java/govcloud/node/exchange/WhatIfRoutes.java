package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementRefusal;
import govcloud.domain.sharing.AgreementState;
import govcloud.exchange.policy.Policy;
import govcloud.exchange.policy.PolicyCompiler;
import govcloud.exchange.policy.PolicyException;
import govcloud.exchange.policy.WhatIf;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.projection.PageRequest;
import govcloud.node.sharing.Agreements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What another policy would have said to the calls under an agreement of the last days. */
final class WhatIfRoutes {

  /** How far back calls are looked at. */
  private static final Duration WINDOW = Duration.ofDays(30);

  /** More calls than these are not looked at; the newest are. */
  private static final int MOST = 20_000;

  private static final int PAGE = 1_000;

  private final Agreements agreements;
  private final ExchangeTable exchanges;
  private final InstantSource clock;
  private final PolicyCompiler compiler = new PolicyCompiler();

  WhatIfRoutes(Agreements agreements, ExchangeTable exchanges, InstantSource clock) {
    this.agreements = agreements;
    this.exchanges = exchanges;
    this.clock = clock;
  }

  void register(Routes routes) {
    routes.on("whatIfAgreement", this::whatIf);
  }

  private CompletionStage<HttpResponse> whatIf(Call call) {
    var policy = compile(call.text("policy"));
    var consumer = call.path("consumer");
    var agreement = call.path("agreement");
    var from = clock.instant().minus(WINDOW);
    return agreements
        .find(consumer, agreement)
        .thenApply(found -> found.filter(state -> isParty(state, call.path("tenant"))))
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.failedStage(none(consumer, agreement))
                    : calls(consumer, agreement, from, PageRequest.first(PAGE), new ArrayList<>()))
        .thenApply(calls -> Replies.ok(shape(from, calls.size(), WhatIf.of(policy, calls))));
  }

  private Policy compile(String source) {
    try {
      return compiler.compile(source);
    } catch (PolicyException e) {
      throw Problem.of(
              Refusal.of(AgreementRefusal.AGREEMENT_INVALID, "policy: " + e.getMessage())
                  .with("at", "/policy"))
          .asException();
    }
  }

  private static boolean isParty(AgreementState state, String tenant) {
    return state.contract().map(AgreementState.Contract::terms).stream()
        .anyMatch(terms -> terms.provider().equals(tenant) || terms.consumer().equals(tenant));
  }

  private static RuntimeException none(String consumer, String agreement) {
    return Problem.of(
            Refusal.of(
                AgreementRefusal.AGREEMENT_NOT_FOUND,
                "agreement: %s of %s (expected: one of this department that was signed)"
                    .formatted(agreement, consumer)))
        .asException();
  }

  private CompletionStage<List<WhatIf.Recorded>> calls(
      String consumer,
      String agreement,
      Instant from,
      PageRequest request,
      List<WhatIf.Recorded> found) {
    return exchanges
        .under(consumer, agreement, from, request)
        .thenCompose(
            page -> {
              page.items().forEach(row -> found.add(recorded(row)));
              return page.nextPageToken().isEmpty() || found.size() >= MOST
                  ? CompletableFuture.completedStage(found)
                  : calls(consumer, agreement, from, request.after(page), found);
            });
  }

  /** What stopped a call after the policy had let it pass says nothing against the policy. */
  private static WhatIf.Recorded recorded(ExchangeRow row) {
    var denied = row.code().equals(ExchangeRefusal.EXCHANGE_POLICY_DENIED.name());
    return new WhatIf.Recorded(row.id(), row.at(), row.policyInput(), !denied);
  }

  private static Map<String, Object> shape(Instant from, int looked, WhatIf whatIf) {
    return new Fields()
        .with("from", from)
        .with("looked_through", looked)
        .with("asked", whatIf.asked())
        .with("not_asked", whatIf.notAsked())
        .with("now_permitted", whatIf.nowPermitted())
        .with("now_denied", whatIf.nowDenied())
        .with("failed", whatIf.failed())
        .with("examples", whatIf.examples().stream().map(WhatIfRoutes::shape).toList())
        .map();
  }

  private static Map<String, Object> shape(WhatIf.Change change) {
    return new Fields()
        .with("exchange", change.call().id())
        .with("at", change.call().at())
        .with("input", json(change.call().input()))
        .with("was", change.call().permitted() ? "permit" : "deny")
        .with("would_be", change.permitted() ? "permit" : "deny")
        .with("error", change.error())
        .map();
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
