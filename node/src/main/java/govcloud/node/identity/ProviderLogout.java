package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.seen.SeenMessages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Takes in that somebody has signed out at the identity provider (OpenID Connect Back-Channel
 * Logout 1.0), and ends that person's sessions here. The provider itself asks, by nothing but the
 * token that it has signed; each token counts once.
 */
final class ProviderLogout {

  private final Optional<IdentityProvider> provider;
  private final Links links;
  private final Entities entities;
  private final SeenMessages seen;
  private final SignInThreads threads;
  private final ClassicActorSystemProvider system;

  /**
   * What one needs for it.
   *
   * @param seen knows tokens that came before
   * @param threads that wait for the provider's keys
   */
  ProviderLogout(
      Optional<IdentityProvider> provider,
      Links links,
      Entities entities,
      SeenMessages seen,
      SignInThreads threads,
      ClassicActorSystemProvider system) {
    this.provider = provider;
    this.links = links;
    this.entities = entities;
    this.seen = seen;
    this.threads = threads;
    this.system = system;
  }

  /** Knows whom an identity provider lets in. */
  interface Links {
    /** Names of the accounts that somebody at the provider comes in with. */
    CompletionStage<List<String>> accounts(ProviderIdentity identity);
  }

  /**
   * What a token says.
   *
   * @param identity who has signed out
   * @param id of the token
   */
  record SignedOut(ProviderIdentity identity, String id) {}

  void register(Routes routes) {
    routes.on("signOutFromProvider", this::take);
  }

  private CompletionStage<HttpResponse> take(Call call) {
    var from =
        provider.orElseThrow(
            () ->
                Problem.of(
                        BorderCode.NOT_FOUND,
                        "identity provider: none (expected: govcloud.identity.provider)")
                    .asException());
    return Form.of(call.request(), system)
        .thenCompose(form -> threads.run(() -> from.signedOut(form.answer("logout_token"))))
        .thenCompose(this::first)
        .thenCompose(gone -> links.accounts(gone.identity()))
        .thenCompose(this::endAll)
        .thenApply(done -> Replies.ok(Map.of()));
  }

  /** Whoever has an old token could sign somebody out again and again. */
  private CompletionStage<SignedOut> first(SignedOut gone) {
    var issuer = gone.identity().issuer();
    return seen.isFirst(Chance.hash(issuer + " " + gone.id()), issuer)
        .thenApply(
            isFirst -> {
              if (!isFirst) {
                throw refused("came before").asException();
              }
              return gone;
            });
  }

  /** An account that is linked has no sessions but those that began at the provider. */
  private CompletionStage<Void> endAll(List<String> accounts) {
    var command = new AccountCommand.EndSession(AccountCommand.EndSession.ALL);
    return CompletableFuture.allOf(
        accounts.stream()
            .map(
                account ->
                    entities
                        .ask(Visitors.id(account), Request.of(command, Actor.platform()))
                        .thenApply(Commands::accepted)
                        .toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** What the provider, or whoever pretends to be it, is told. */
  static Problem refused(String why) {
    return Problem.of(
        BorderCode.PROVIDER_LOGOUT_REFUSED,
        "logout_token: "
            + why
            + " (expected: one that the provider has just signed for this cloud)");
  }
}
