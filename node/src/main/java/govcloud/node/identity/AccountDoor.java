package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Door;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Token;
import govcloud.node.http.Visit;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Lets in who shows a session or a key, or signs with one, as far as the account's roles go. */
final class AccountDoor implements Door {

  private static final String BEARER = "Bearer ";

  /** Whoever has an old password may go, and change it on a page. */
  private static final Set<String> WITH_OLD_PASSWORD =
      Set.of("getMe", "listSessions", "endSession");

  private final Visitors visitors;
  private final Permissions permissions;
  private final PasswordRules rules;
  private final SignedRequests signed;
  private final InstantSource clock;

  AccountDoor(
      Visitors visitors,
      Permissions permissions,
      PasswordRules rules,
      SignedRequests signed,
      InstantSource clock) {
    this.visitors = visitors;
    this.signed = signed;
    this.permissions = permissions;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Guest> open(HttpRequest request) {
    return visitor(request).thenApply(visitor -> guest(visitor, request));
  }

  @Override
  public CompletionStage<Guest> again(HttpRequest request) {
    var header = request.getHeader("Authorization").map(HttpHeader::value);
    var found =
        header.isEmpty() && SignedRequests.isOne(request)
            ? signed.again(request)
            : known(request, token(request, header))
                .thenApply(visitor -> visitor.orElseThrow(() -> wrong()));
    return found.thenApply(visitor -> guest(visitor, request));
  }

  @Override
  public CompletionStage<?> installation(Token token) {
    return visitors
        .mayBeUsed(Account.COMMAND_LINE, token.hash())
        .thenAccept(
            used -> {
              if (!used) {
                throw wrong();
              }
            });
  }

  private Guest guest(Visitor visitor, HttpRequest request) {
    var visit = Visit.of(request);
    visit.isBy(new Actor(visitor.account(), visitor.state().roles().get(0)));
    return (operation, tenant, named) -> enter(visitor, operation, tenant, named, visit);
  }

  @Override
  public Actor stranger(Optional<Actor> named) {
    return new Actor(Roles.VISITOR, Roles.VISITOR);
  }

  /** Who has shown a token; fails with a problem. */
  CompletionStage<Visitor> visitor(HttpRequest request) {
    var header = request.getHeader("Authorization").map(HttpHeader::value);
    if (header.isEmpty() && SignedRequests.isOne(request)) {
      return signed.visitor(request);
    }
    var cookie = SessionCookie.of(request);
    if (header.isEmpty() && cookie.isPresent()) {
      Csrf.check(request, cookie.get());
    }
    return known(request, token(request, header))
        .thenApply(visitor -> visitor.orElseThrow(() -> wrong()));
  }

  private CompletionStage<Optional<Visitor>> known(HttpRequest request, String token) {
    return isByItself(request) ? visitors.watch(token) : visitors.find(token);
  }

  private static String token(HttpRequest request, Optional<String> header) {
    return header
        .map(AccountDoor::bearer)
        .or(() -> SessionCookie.of(request))
        .orElseThrow(() -> needed());
  }

  /** A page that stays open asks again and again, whether somebody looks at it or not. */
  private static boolean isByItself(HttpRequest request) {
    return request
        .getHeader("Accept")
        .filter(accept -> accept.value().equals("text/event-stream"))
        .isPresent();
  }

  private static String bearer(String header) {
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? header.substring(BEARER.length()).strip()
        : "";
  }

  private static ProblemException needed() {
    return Problem.of(
            BorderCode.TOKEN_NEEDED, "Authorization: absent (expected: Bearer and a token)")
        .header("WWW-Authenticate", "Bearer realm=\"govcloud\"")
        .asException();
  }

  private static ProblemException wrong() {
    return Problem.of(
            BorderCode.TOKEN_WRONG,
            "Authorization: a token that is over, or nobody's (expected: one from a sign-in)")
        .header("WWW-Authenticate", "Bearer realm=\"govcloud\", error=\"invalid_token\"")
        .asException();
  }

  private Actor enter(
      Visitor visitor,
      String operation,
      Optional<String> tenant,
      Optional<Actor> named,
      Visit visit) {
    var home = visitor.state().tenant();
    if (home.isPresent() && tenant.isPresent() && !home.equals(tenant)) {
      // The same for a department that there is and for one that there is not.
      visit.refusedFor("TENANT_FOREIGN");
      throw Problem.of(
              BorderCode.NOT_FOUND, "tenant/" + tenant.get() + ": none (expected: one that exists)")
          .asException();
    }
    var actor = named.map(one -> acting(visitor, one)).orElseGet(() -> self(visitor, operation));
    if (!permissions.allow(operation, actor.role(), isStaff(visitor, actor, tenant))) {
      throw Problem.of(
              BorderCode.NOT_ALLOWED,
              "role: " + actor.role() + " (expected: " + permissions.expected(operation) + ")")
          .asException();
    }
    if (!WITH_OLD_PASSWORD.contains(operation)) {
      rules.requireFresh(visitor.state(), clock.instant());
    }
    return actor;
  }

  /** Whoever an importer names works in the department that the path names. */
  private static boolean isStaff(Visitor visitor, Actor actor, Optional<String> tenant) {
    return visitor.state().tenant().isPresent()
        || (tenant.isPresent() && !visitor.state().roles().contains(actor.role()));
  }

  /** The first role that may do it; the first one of all if none may. */
  private Actor self(Visitor visitor, String operation) {
    var roles = visitor.state().roles();
    var staff = visitor.state().tenant().isPresent();
    var role =
        roles.stream()
            .filter(one -> permissions.allow(operation, one, staff))
            .findFirst()
            .orElse(roles.get(0));
    return new Actor(visitor.account(), role);
  }

  /** A role of one's own, or, for a program that imports, somebody of a department. */
  private static Actor acting(Visitor visitor, Actor named) {
    var roles = visitor.state().roles();
    var own = named.person().equals(visitor.account()) && roles.contains(named.role());
    if (own || (importsForOthers(visitor) && (roles.contains(named.role()) || isStaff(named)))) {
      return named.through(own ? "" : visitor.account());
    }
    throw Problem.of(
            BorderCode.ACTING_AS_NOT_ALLOWED,
            "Govcloud-Acting-As: %s;role=%s (expected: %s with one of the roles %s)"
                .formatted(named.person(), named.role(), visitor.account(), roles))
        .asException();
  }

  private static boolean importsForOthers(Visitor visitor) {
    return visitor.state().kind() == AccountState.Kind.PROGRAM
        && visitor.state().roles().contains(Actor.IMPORTER);
  }

  private static boolean isStaff(Actor named) {
    return !List.of(Actor.OPERATOR, Actor.IMPORTER, Actor.PLATFORM).contains(named.role())
        && Roles.isForPrograms(named.role());
  }
}
