package govcloud.node.identity;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Token;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The first accounts of a cloud: three administrators, an operator, and the command line of whoever
 * holds the token of the installation. They are made once; afterwards the token only gives new
 * codes to those of them who have never come in, and people decide about everything else.
 */
final class FirstAccounts {

  private static final List<Person> ADMINISTRATORS =
      List.of(
          new Person("system-admin", "系统管理员", Optional.empty(), List.of(Roles.SYSTEM)),
          new Person("security-admin", "安全管理员", Optional.empty(), List.of(Roles.SECURITY)),
          new Person("audit-admin", "审计管理员", Optional.empty(), List.of(Roles.AUDIT)),
          new Person("operator", "运营员", Optional.empty(), List.of(Actor.OPERATOR)));

  private final Entities entities;
  private final Token token;
  private final Chance chance;
  private final InstantSource clock;

  FirstAccounts(Entities entities, Token token, Chance chance, InstantSource clock) {
    this.entities = entities;
    this.token = token;
    this.chance = chance;
    this.clock = clock;
  }

  /** Names of the accounts of the three duties. */
  static List<String> administrators() {
    return ADMINISTRATORS.stream()
        .filter(person -> !person.roles().contains(Actor.OPERATOR))
        .map(Person::account)
        .toList();
  }

  private record Person(String account, String name, Optional<String> tenant, List<String> roles) {}

  void register(Routes routes) {
    routes.on("makeFirstAccounts", this::make);
  }

  private CompletionStage<HttpResponse> make(Call call) {
    var given = token(token, call);
    return entities
        .<AccountState>read(Visitors.id(Account.COMMAND_LINE))
        .thenCompose(answer -> answer.exists() ? renew(call) : makeAll(call, given))
        .thenApply(
            codes ->
                Replies.ok(
                    new Fields().with("program", Account.COMMAND_LINE).with("codes", codes).map()));
  }

  /** The token that the request carries, which must be that of the installation. */
  static String token(Token token, Call call) {
    var given =
        call.request()
            .getHeader("Authorization")
            .map(HttpHeader::value)
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring(7).strip())
            .orElse("");
    if (!token.is(given) || !given.startsWith(Account.COMMAND_LINE + ".")) {
      throw Problem.of(
              BorderCode.TOKEN_WRONG,
              "Authorization: not the token of the installation (expected: Bearer and "
                  + Account.COMMAND_LINE
                  + ". and at least 32 letters)")
          .asException();
    }
    return given;
  }

  /** The command line comes last: what was begun and not ended is gone on with. */
  private CompletionStage<List<Map<String, Object>>> makeAll(Call call, String key) {
    var people = new ArrayList<>(ADMINISTRATORS);
    call.body().path("clerks").forEach(clerk -> people.add(person(clerk)));
    var enrol =
        new AccountCommand.Enrol(
            "Command line of the installation",
            Optional.empty(),
            List.of(Actor.OPERATOR, Actor.IMPORTER),
            Chance.hash(key),
            clock.instant().plus(Account.LONGEST_KEY_LIFE));
    return each(people, person -> invite(call, person))
        .thenCompose(
            codes ->
                ask(call, Account.COMMAND_LINE, enrol)
                    .thenApply(answer -> required(answer, codes)));
  }

  private static List<Map<String, Object>> required(
      Answer<AccountState> answer, List<Map<String, Object>> codes) {
    if (!answer.accepted()) {
      throw Problem.of(answer.refusal()).asException();
    }
    return codes;
  }

  private static Person person(JsonNode clerk) {
    return new Person(
        clerk.path("account").asText(),
        clerk.path("name").asText(),
        AccountRoutes.tenant(clerk),
        AccountRoutes.roles(clerk));
  }

  private CompletionStage<List<Map<String, Object>>> renew(Call call) {
    if (call.body().path("clerks").size() > 0) {
      throw Problem.of(
              BorderCode.FIRST_ACCOUNTS_MADE,
              "clerks: the first accounts are there (expected: invitations by a "
                  + Roles.SECURITY
                  + ")")
          .asException();
    }
    return each(ADMINISTRATORS, person -> renewed(call, person));
  }

  private CompletionStage<Optional<Map<String, Object>>> invite(Call call, Person person) {
    var code = chance.code();
    var invite =
        new AccountCommand.Invite(
            person.name(), person.tenant(), person.roles(), SignIns.codeHash(code));
    return ask(call, person.account(), invite)
        .thenCompose(
            answer -> {
              if (answer.accepted()) {
                return CompletableFuture.completedStage(Optional.of(shape(person, code, answer)));
              }
              return answer.refusal().code().equals("ACCOUNT_ALREADY_EXISTS")
                  ? renewed(call, person)
                  : CompletableFuture.failedStage(Problem.of(answer.refusal()).asException());
            });
  }

  /** Another code for somebody who has never come in; nothing for anybody else. */
  private CompletionStage<Optional<Map<String, Object>>> renewed(Call call, Person person) {
    var code = chance.code();
    return ask(call, person.account(), new AccountCommand.RenewInvitation(SignIns.codeHash(code)))
        .thenApply(
            answer ->
                answer.accepted() ? Optional.of(shape(person, code, answer)) : Optional.empty());
  }

  private static Map<String, Object> shape(
      Person person, String code, Answer<AccountState> answer) {
    return new Fields()
        .with("account", person.account())
        .with("name", person.name())
        .maybe("tenant", person.tenant())
        .with("roles", person.roles())
        .with("code", code)
        .with("code_expires_at", answer.at().plus(Account.CODE_LIFE))
        .map();
  }

  private CompletionStage<Answer<AccountState>> ask(
      Call call, String account, AccountCommand command) {
    return entities.ask(
        Visitors.id(account), Request.of(command, Actor.platform()).tracedBy(call.traceId()));
  }

  private interface Step {
    CompletionStage<Optional<Map<String, Object>>> of(Person person);
  }

  private static CompletionStage<List<Map<String, Object>>> each(List<Person> people, Step step) {
    CompletionStage<List<Map<String, Object>>> all =
        CompletableFuture.completedStage(new ArrayList<>());
    for (var person : people) {
      all =
          all.thenCompose(
              codes ->
                  step.of(person)
                      .thenApply(
                          code -> {
                            code.ifPresent(codes::add);
                            return codes;
                          }));
    }
    return all;
  }
}
