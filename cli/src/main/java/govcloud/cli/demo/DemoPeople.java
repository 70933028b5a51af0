package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.account.SignIn;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.Connection;
import govcloud.cli.command.OwnerFile;
import govcloud.cli.command.Waiting;
import govcloud.cli.local.CloudHome;
import govcloud.cli.local.FirstAccounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * People of the demo. Nobody signs, asks or looks through a program, so each of them is invited,
 * comes in with a one-time code, chooses a password and signs in with a second factor. Passwords
 * and factors are kept in the home of the cloud, readable by its owner alone.
 */
final class DemoPeople {
  private static final String SECURITY_ADMIN = "security-admin";
  private static final String SECURITY_ROLE = "security-administrator";

  private final Connection connection;
  private final Supplier<String> secrets;
  private final Path file;
  private final ObjectNode kept;
  private final Map<String, ApiClient> clients = new HashMap<>();
  private Optional<ApiClient> security = Optional.empty();

  /**
   * People of one cloud.
   *
   * @param secrets each call another one that nobody can guess
   */
  DemoPeople(Connection connection, Supplier<String> secrets) {
    this.connection = connection;
    this.secrets = secrets;
    this.file = connection.home().folder().resolve("demo-people.json");
    this.kept = CloudHome.read(connection.json(), file);
  }

  /** Where passwords and second factors are. */
  Path file() {
    return file;
  }

  /** Everything that this person sends. */
  ApiClient as(JsonNode person) {
    return clients.computeIfAbsent(
        person.path("account").asText(),
        account -> {
          if (!kept.has(account)) {
            invite(account, person);
          }
          return signIn(account);
        });
  }

  private void invite(String account, JsonNode person) {
    ObjectNode body = connection.body().put("name", person.path("name").asText());
    if (person.has("tenant")) {
      body.put("tenant", person.path("tenant").asText());
    }
    body.set("roles", person.path("roles"));
    String path = ApiRequest.path("v1", "accounts", account);
    visit(account, code(path, body));
    if (person.has("number")) {
      ObjectNode number = connection.body().put("number", person.path("number").asText());
      security().send(ApiRequest.change("POST", path + "/identity", secrets.get(), number));
    }
  }

  /** Of somebody whose password is lost with the file, another code. */
  private String code(String path, ObjectNode body) {
    JsonNode answer;
    try {
      answer = security().send(ApiRequest.change("PUT", path, secrets.get(), body)).body();
    } catch (CommandFailure failure) {
      if (!failure.code().equals("ACCOUNT_ALREADY_EXISTS")) {
        throw failure;
      }
      answer =
          security()
              .send(
                  ApiRequest.change("POST", path + "/invitation", secrets.get(), connection.body()))
              .body();
    }
    return answer.path("code").asText();
  }

  private void visit(String account, String code) {
    String password = secrets.get();
    JsonNode factor = SignIn.visitFirst(connection, account, password, code);
    kept.putObject(account)
        .put("password", password)
        .put("totp_secret", factor.path("totp_secret").asText());
    keep();
  }

  private ApiClient signIn(String account) {
    ObjectNode known = (ObjectNode) kept.get(account);
    // A code is good once; that of the step after this one is right as well, and no later one.
    long step = Math.max(present(), known.path("last_step").asLong() + 1);
    while (step > present() + 1) {
      Waiting.pause(Duration.ofSeconds(1));
    }
    String code = OneTimePassword.of(known.path("totp_secret").asText(), step);
    known.put("last_step", step);
    keep();
    String token =
        SignIn.begin(connection, account, known.path("password").asText(), code)
            .path("token")
            .asText();
    return connection.api().withToken(token);
  }

  private long present() {
    return connection.clock().instant().getEpochSecond() / OneTimePassword.STEP_SECONDS;
  }

  private ApiClient security() {
    if (security.isEmpty()) {
      security = Optional.of(securityAdmin());
    }
    return security.get();
  }

  /** Whoever has signed in as one, or the first one of a cloud who has never come in. */
  private ApiClient securityAdmin() {
    if (kept.has(SECURITY_ADMIN)) {
      return signIn(SECURITY_ADMIN);
    }
    JsonNode me = connection.get("v1", "me");
    for (JsonNode role : me.path("roles")) {
      if (role.asText().equals(SECURITY_ROLE)) {
        return connection.api();
      }
    }
    for (JsonNode code :
        FirstAccounts.renew(connection.api(), connection.json(), connection.home())) {
      if (code.path("account").asText().equals(SECURITY_ADMIN)) {
        visit(SECURITY_ADMIN, code.path("code").asText());
        return signIn(SECURITY_ADMIN);
      }
    }
    throw new CommandFailure(
        ExitCode.AUTHENTICATION,
        "DEMO_SECURITY_ADMIN_NEEDED",
        "People of the demo have to be invited, and security-admin has come in already: sign in"
            + " with `govcloud login security-admin` and begin again.");
  }

  private void keep() {
    OwnerFile.write(connection.json(), file, kept);
  }
}
