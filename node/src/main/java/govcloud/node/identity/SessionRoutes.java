package govcloud.node.identity;

import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Session;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Coming in, going out, and who one is. */
final class SessionRoutes {

  private static final String CURRENT = "current";

  private final SignIns signIns;
  private final AccountDoor door;
  private final Commands commands;
  private final InstantSource clock;
  private final String cloud;

  SessionRoutes(
      SignIns signIns, AccountDoor door, Commands commands, InstantSource clock, String cloud) {
    this.signIns = signIns;
    this.door = door;
    this.commands = commands;
    this.clock = clock;
    this.cloud = cloud;
  }

  void register(Routes routes) {
    routes
        .on("beginSession", this::begin)
        .on("visitFirst", this::visitFirst)
        .on("listSessions", this::list)
        .on("endSession", this::end)
        .on("getMe", this::me);
  }

  private CompletionStage<HttpResponse> begin(Call call) {
    return signIns
        .signIn(attempt(call))
        .thenApply(
            begun ->
                Replies.json(
                    201,
                    new Fields()
                        .with("token", begun.token())
                        .with("csrf_token", Csrf.word(begun.token()))
                        .with("account", call.text("account"))
                        .with("session", shape(begun.session(), Optional.of(begun.session().id())))
                        .map()));
  }

  private static SignIns.Attempt attempt(Call call) {
    return new SignIns.Attempt(
        call.text("account"), call.text("password"), call.text("code"), Visit.of(call.request()));
  }

  private CompletionStage<HttpResponse> visitFirst(Call call) {
    var account = call.text("account");
    return signIns
        .firstVisit(attempt(call))
        .thenApply(
            enrolled ->
                Replies.ok(
                    new Fields()
                        .with("account", account)
                        .with("totp_secret", enrolled.totpSecret())
                        .with("totp_uri", Totp.uri(cloud, account, enrolled.totpSecret()))
                        .map()));
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return door.visitor(call.request())
        .thenCompose(
            visitor ->
                commands
                    .<AccountState>read(Visitors.id(visitor.account()))
                    .thenApply(
                        answer ->
                            Replies.ok(
                                Map.of(
                                    "items",
                                    answer.state().sessions().stream()
                                        .filter(session -> session.isAlive(clock.instant()))
                                        .map(session -> shape(session, visitor.session()))
                                        .toList()))));
  }

  private CompletionStage<HttpResponse> end(Call call) {
    return door.visitor(call.request())
        .thenCompose(
            visitor -> {
              var named = call.path("session");
              var session = named.equals(CURRENT) ? visitor.session() : Optional.of(named);
              if (session.isEmpty()) {
                throw Problem.of(
                        BorderCode.NOT_FOUND, "session: none (expected: a session; this is a key)")
                    .asException();
              }
              return commands.change(
                  call,
                  Visitors.id(visitor.account()),
                  new AccountCommand.EndSession(session.get()));
            });
  }

  private CompletionStage<HttpResponse> me(Call call) {
    return door.visitor(call.request())
        .thenApply(
            visitor ->
                Replies.ok(
                    new Fields()
                        .with("account", visitor.account())
                        .with("name", visitor.state().name())
                        .with("kind", word(visitor.state().kind()))
                        .maybe("tenant", visitor.state().tenant())
                        .with("roles", visitor.state().roles())
                        .with(
                            "acting_as",
                            Map.of("person", call.actor().person(), "role", call.actor().role()))
                        .maybe("session", visitor.session())
                        .map()));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> shape(Session session, Optional<String> current) {
    return new Fields()
        .with("session", session.id())
        .with("source", session.source())
        .with("started_at", session.startedAt())
        .with("used_at", session.usedAt())
        .with("ends_at", session.endsAt())
        .with("current", current.filter(session.id()::equals).isPresent())
        .map();
  }
}
