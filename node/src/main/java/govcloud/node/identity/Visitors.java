package govcloud.node.identity;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.domain.Actor;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Session;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whose a token is. The account itself says so; what it said is believed for a second, so
 * that a session that is ended anywhere ends everywhere within it.
 */
final class Visitors {

  /** For how long a node believes what an account said. */
  static final Duration BELIEVED = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Visitors.class);
  private static final Pattern TOKEN =
      Pattern.compile("(" + Form.IDENTIFIER + ")\\.[A-Za-z0-9_-]{32,128}");
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final int REMEMBERED = 10_000;
  private static final int MOST_LOOKUPS = 128;

  /** Of those who are known; who asks at the same time waits for the same answer. */
  private final AsyncCache<String, Optional<Visitor>> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(BELIEVED).buildAsync();

  private final AtomicInteger lookups = new AtomicInteger();
  private final Entities entities;
  private final Departments departments;
  private final InstantSource clock;

  Visitors(Entities entities, InstantSource clock) {
    this.entities = entities;
    this.departments = new Departments(entities);
    this.clock = clock;
  }

  /** The entity of an account. */
  static String id(String account) {
    return "account/" + account;
  }

  /** Whose token it is; none: nobody's, or it is over. The session is in use by this. */
  CompletionStage<Optional<Visitor>> find(String token) {
    return watch(token)
        .thenApply(
            found -> {
              found.ifPresent(visitor -> noteUse(visitor));
              return found;
            });
  }

  /** The same for a page that asks by itself, which does not keep its session from ending. */
  CompletionStage<Optional<Visitor>> watch(String token) {
    var form = TOKEN.matcher(token);
    if (!form.matches()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return holder(form.group(1), Chance.hash(token));
  }

  /** Whose key it is that signs a request; none: nobody's, or it is over. */
  CompletionStage<Optional<Visitor>> signer(String account, String publicKey) {
    return holder(account, Chance.hash(publicKeyText(publicKey)));
  }

  /**
   * Whether an account lets in who has a key with this hash, or is not made yet. Where the account
   * does not answer it is taken to be as before: the first page has to be there in trouble.
   */
  CompletionStage<Boolean> mayBeUsed(String account, String keyHash) {
    return holder(account, keyHash)
        .<CompletionStage<Boolean>>handle(
            (visitor, failure) ->
                failure == null && visitor.isEmpty()
                    ? entities
                        .<AccountState>read(id(account))
                        .handle((answer, away) -> away != null || !answer.exists())
                    : CompletableFuture.completedStage(true))
        .thenCompose(Function.identity());
  }

  /**
   * Of what an account keeps the hash when its program signs requests. No token can be such a text,
   * so the public key by itself lets nobody in.
   */
  static String publicKeyText(String publicKey) {
    return "ed25519:" + publicKey;
  }

  private CompletionStage<Optional<Visitor>> holder(String account, String hash) {
    var found = known.get(hash, (key, executor) -> ask(account, hash));
    return found.whenComplete(
        (visitor, failure) -> {
          if (failure == null && visitor.isEmpty()) {
            known.synchronous().invalidate(hash);
          }
        });
  }

  /** Anybody can send tokens of accounts that nobody has: no more than some are looked up. */
  private CompletableFuture<Optional<Visitor>> ask(String account, String hash) {
    if (lookups.incrementAndGet() > MOST_LOOKUPS) {
      lookups.decrementAndGet();
      return CompletableFuture.failedFuture(
          Problem.of(
                  BorderCode.OVERLOADED,
                  "tokens looked up at the same time: > %d (expected: fewer)"
                      .formatted(MOST_LOOKUPS))
              .header("Retry-After", "1")
              .asException());
    }
    return entities
        .<AccountState>read(id(account))
        .whenComplete((answer, failure) -> lookups.decrementAndGet())
        .thenCompose(answer -> admitted(account, answer.state(), hash))
        .toCompletableFuture();
  }

  /** The department is asked only about a session or key that there is. */
  private CompletionStage<Optional<Visitor>> admitted(
      String account, AccountState state, String hash) {
    var now = clock.instant();
    var counting = state.at(now);
    if (state.admitsKey(hash, now)) {
      return departments
          .of(state)
          .thenApply(
              home ->
                  home.letsIn()
                      ? Optional.of(new Visitor(account, state, Optional.empty()))
                      : Optional.empty());
    }
    return state
        .sessionOf(hash, now)
        .map(
            open ->
                departments
                    .of(state)
                    .thenApply(
                        home ->
                            home.keepsSessionOf(open.startedAt())
                                ? Optional.of(
                                    new Visitor(account, counting, Optional.of(open.id())))
                                : Optional.<Visitor>empty()))
        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty()));
  }

  private void noteUse(Visitor visitor) {
    var due = clock.instant().minus(NOTED_EVERY);
    visitor.state().sessions().stream()
        .filter(session -> visitor.session().filter(session.id()::equals).isPresent())
        .filter(session -> session.usedAt().isBefore(due))
        .forEach(session -> noteUse(visitor.account(), session));
  }

  private void noteUse(String account, Session session) {
    entities
        .ask(
            id(account),
            Request.of(new AccountCommand.UseSession(session.id()), new Actor(account, Roles.SELF)))
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                LOG.warn("session {} of {}: its use is not noted", session.id(), account, failure);
              }
            });
  }
}
