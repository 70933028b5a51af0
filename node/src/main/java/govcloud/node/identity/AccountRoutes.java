package govcloud.node.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Secret;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.feed.EntityHistory;
import govcloud.node.feed.EventJson;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;

/** What security administrators decide about accounts, and what auditors see of them. */
final class AccountRoutes {

  private final Commands commands;
  private final Chance chance;
  private final EntityHistory history;
  private final ClassicActorSystemProvider system;

  AccountRoutes(
      Commands commands, Chance chance, EntityHistory history, ClassicActorSystemProvider system) {
    this.commands = commands;
    this.chance = chance;
    this.history = history;
    this.system = system;
  }

  void register(Routes routes) {
    routes
        .on("inviteAccount", this::invite)
        .on("renewInvitation", this::renew)
        .on("enrolProgram", this::enrol)
        .on("replaceKey", this::replaceKey)
        .on("getAccount", this::get)
        .on("getAccountHistory", this::history)
        .on("changeRoles", this::changeRoles)
        .on(
            "proveIdentity",
            call -> change(call, new AccountCommand.ProveIdentity(new Secret(call.text("number")))))
        .on("suspendAccount", call -> change(call, new AccountCommand.Suspend(call.text("reason"))))
        .on("resumeAccount", call -> change(call, new AccountCommand.Resume()));
  }

  private static String id(Call call) {
    return Deciders.id(call.path("account"), call.actor());
  }

  private CompletionStage<HttpResponse> change(Call call, AccountCommand command) {
    var id = id(call);
    return new Deciders(commands.entities())
        .as(call.actor(), call.path("account"), command)
        .thenCompose(asked -> commands.change(call, id, asked));
  }

  private CompletionStage<HttpResponse> changeRoles(Call call) {
    return change(call, new AccountCommand.ChangeRoles(tenant(call.body()), roles(call.body())));
  }

  private CompletionStage<HttpResponse> invite(Call call) {
    var code = chance.code();
    var command =
        new AccountCommand.Invite(
            call.text("name"), tenant(call.body()), roles(call.body()), SignIns.codeHash(code));
    return told(call, command, "code", code);
  }

  private CompletionStage<HttpResponse> renew(Call call) {
    var code = chance.code();
    var renewal = new AccountCommand.RenewInvitation(SignIns.codeHash(code));
    return told(call, renewal, "code", code);
  }

  private CompletionStage<HttpResponse> enrol(Call call) {
    var key = key(call);
    var command =
        new AccountCommand.Enrol(
            call.text("name"),
            tenant(call.body()),
            roles(call.body()),
            key.hash(),
            OffsetDateTime.parse(call.text("key_expires_at")).toInstant());
    return told(call, command, key.name(), key.text());
  }

  private CompletionStage<HttpResponse> replaceKey(Call call) {
    var key = key(call);
    var expires = OffsetDateTime.parse(call.text("key_expires_at")).toInstant();
    return told(call, new AccountCommand.ReplaceKey(key.hash(), expires), key.name(), key.text());
  }

  /**
   * How a program comes in.
   *
   * @param hash that its account keeps
   * @param name of the member of the answer that tells it
   */
  private record Key(String hash, String name, String text) {}

  /** The public key that the program has made, or a secret that is made for it. */
  private Key key(Call call) {
    var account = call.path("account");
    var made = call.text("public_key");
    if (!made.isEmpty()) {
      return new Key(Chance.hash(Visitors.publicKeyText(made)), "key_id", account + "." + made);
    }
    var secret = chance.token(account);
    return new Key(Chance.hash(secret), "key", secret);
  }

  /** The receipt, with a secret that is told only to the one whose request made it so. */
  private CompletionStage<HttpResponse> told(
      Call call, AccountCommand command, String name, String secret) {
    var id = id(call);
    return new Deciders(commands.entities())
        .as(call.actor(), call.path("account"), command)
        .thenCompose(asked -> commands.<AccountState>ask(call, id, asked))
        .thenApply(
            answer -> {
              var more = new Fields();
              if (!answer.replayed() && !call.dryRun()) {
                more.with(name, secret);
                if (name.equals("code")) {
                  more.with("code_expires_at", answer.at().plus(Account.CODE_LIFE));
                }
              }
              return Commands.created(
                  call, id, answer, "/v1/accounts/" + call.path("account"), more);
            });
  }

  static Optional<String> tenant(JsonNode body) {
    return Optional.of(body.path("tenant").asText("")).filter(name -> !name.isEmpty());
  }

  static List<String> roles(JsonNode body) {
    var roles = new ArrayList<String>();
    body.path("roles").forEach(role -> roles.add(role.asText()));
    return roles;
  }

  private CompletionStage<HttpResponse> get(Call call) {
    var account = call.path("account");
    return commands
        .<AccountState>read(Visitors.id(account))
        .thenApply(answer -> Commands.versioned(Replies.ok(shape(account, answer)), answer));
  }

  private static Map<String, Object> shape(String account, Answer<AccountState> answer) {
    var state = answer.state();
    if (state.status() == AccountState.Status.VACANT) {
      throw Problem.of(
              BorderCode.NOT_FOUND, "account/" + account + ": none (expected: one that exists)")
          .asException();
    }
    return new Fields()
        .with("account", account)
        .with("name", state.name())
        .with("kind", SessionRoutes.word(state.kind()))
        .with("status", answer.status())
        .maybe("tenant", state.tenant())
        .with("roles", state.roles())
        .with("identity_proved", state.citizen().isPresent())
        .with("sessions", state.sessions().size())
        .with("failures", state.guard().failures())
        .maybe("locked_until", state.guard().lockedUntil())
        .maybe("key_expires_at", state.credentials().key().map(key -> key.expiresAt()))
        .maybe("identity_provider", state.credentials().provider().map(linked -> linked.issuer()))
        .with("version", answer.version())
        .maybe("created_at", state.createdAt())
        .map();
  }

  private CompletionStage<HttpResponse> history(Call call) {
    var size = Lists.request(call).size();
    var from = Lists.sequence(call);
    return history
        .of(Visitors.id(call.path("account")), from)
        .take(size + 1L)
        .runWith(Sink.seq(), system)
        .thenApply(entries -> Replies.ok(page(entries, size)));
  }

  private static Map<String, Object> page(List<EntityHistory.Entry> entries, int size) {
    var page = entries.subList(0, Math.min(size, entries.size()));
    return new Fields()
        .with("items", page.stream().flatMap(AccountRoutes::items).toList())
        .maybe(
            "next_page_token",
            entries.size() > size ? Long.toString(entries.get(size).sequence()) : null)
        .map();
  }

  private static Stream<Map<String, Object>> items(EntityHistory.Entry entry) {
    var actor = entry.commit().actor();
    return entry.commit().events().stream()
        .map(
            event ->
                new Fields()
                    .with("sequence", entry.sequence())
                    .with("at", entry.commit().at())
                    .with("person", actor.person())
                    .with("role", actor.role())
                    .maybe("through", actor.account())
                    .with("type", EventJson.name(event))
                    .with("data", Json.read(EventJson.data(event).getBytes(UTF_8)))
                    .map());
  }
}
