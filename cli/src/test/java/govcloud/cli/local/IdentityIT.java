package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.TestTerminal;
import govcloud.cli.command.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What {@code up} starts has accounts: nobody comes in without one, and its maker types nothing.
 */
@Tag("slow")
@ExtendWith(SharedCloud.class)
class IdentityIT {
  private static final long TOTP_STEP = 30_000;
  private static final String PASSWORD = "rain over the harbour";

  private final ObjectMapper json = Json.mapper();
  private HttpClient http;

  @Test
  void cloud_up_lastsOnAccountsFromTheFirstMinute(TestCloud cloud) throws Exception {
    Path home = cloud.home().folder();
    http = cloud.home().httpClient();
    List<URI> nodes = cloud.home().addresses(json);
    keepsStrangersOut(nodes);
    assertThat(me(cloud).path("account").asText()).isEqualTo("command-line");
    cloud.rentApp();
    for (String secret : List.of("token", "first-codes.json")) {
      assertThat(Files.getPosixFilePermissions(home.resolve(secret)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    String totp = visitFirst(nodes.get(0), "system-admin", code(home, "system-admin"));
    assertThat(login(home, "system-admin", totp)).isZero();
    assertThat(me(cloud).path("roles").get(0).asText()).isEqualTo("system-administrator");
    // This duty sees machines and no departments.
    cloud.run("view", "list");
    assertThat(new TestTerminal().run("tenant", "list", "--home", home.toString())).isEqualTo(5);
    String session = Files.readString(home.resolve("session")).strip();
    assertThat(status(nodes.get(1), "/v1/me", session)).isEqualTo(200);
    cloud.run("logout");
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(status(nodes.get(1), "/v1/me", session)).isEqualTo(401));
    assertThat(me(cloud).path("account").asText()).isEqualTo("command-line");
    JsonNode codes = json.readTree(cloud.run("account", "codes", "-o", "json"));
    assertThat(codes.findValuesAsText("account"))
        .containsExactlyInAnyOrder("security-admin", "audit-admin", "operator");
    readsTheAuditTrail(cloud, home, nodes.get(1));
    sharesData(cloud, home);
    letsProgramsSign(cloud, home);
  }

  /** What happened above is in the trail; only this duty sees it, and is seen. */
  private void readsTheAuditTrail(TestCloud cloud, Path home, URI node) throws Exception {
    for (String[] secret : new String[][] {{"audit", "search"}, {"supervision", "matrix"}}) {
      String[] look = {secret[0], secret[1], "--home", home.toString()};
      assertThat(new TestTerminal().run(look)).isEqualTo(5);
    }
    String totp = visitFirst(node, "audit-admin", code(home, "audit-admin"));
    assertThat(login(home, "audit-admin", totp)).isZero();
    String denied = cloud.run("audit", "search", "--outcome", "denied", "-o", "jsonl");
    assertThat(denied)
        .contains("\"code\":\"TOKEN_WRONG\"")
        .contains("\"code\":\"NOT_ALLOWED\"")
        .contains("\"person\":\"system-admin\"");
    assertThat(cloud.run("audit", "search", "--person", "command-line"))
        .contains("registerTenant", "activateTenant", "searchAudit");
    String syslog = cloud.run("audit", "export", "--format", "syslog", "--action", "searchAudit");
    assertThat(syslog.lines()).allMatch(line -> line.matches("<1\\d\\d>1 2.*Z - govcloud - .*"));
    assertThat(syslog).contains("person=\"audit-admin\"", "person=\"command-line\"");
    assertThat(cloud.run("supervision", "unanswered")).contains("AGREEMENT");
    assertThat(cloud.run("account", "list", "-o", "jsonl"))
        .contains("\"account\":\"audit-admin\"", "\"second_factors\":[\"totp\"]");
    asksForTwoSignatures(cloud, home, node);
    cloud.run("logout");
  }

  /**
   * People of eight departments publish, sign and ask; the demo itself compares each step with what
   * must come of it. It can be shown again, and its proofs can be checked again.
   */
  private void sharesData(TestCloud cloud, Path home) throws Exception {
    String told = cloud.run("demo", "exchange", "-o", "json");
    assertThat(told)
        .contains("\"hphm\":\"云A***34\"", "\"certificate_number\":\"not_valid\"")
        .contains("EXCHANGE_SUBJECT_NOT_PARTY", "EXCHANGE_CASE_NOT_YOURS")
        .contains("EXCHANGE_FIELD_NOT_AGREED", "EXCHANGE_AGREEMENT_NOT_IN_FORCE")
        .contains("EXCHANGE_POLICY_DENIED", "refused: AGREEMENT_INVALID")
        .contains("EXCHANGE_EMERGENCY_NOT_ACTIVE", "refused: AGREEMENT_ACTIVATOR_TWICE")
        .contains("XC-2026-0007", "refused: AGREEMENT_REVIEW_DUE")
        .contains("num_docks_available", "recalled: correction-", "all acknowledged: transport")
        .doesNotContain("999999199003070012");
    assertThat(cloud.run("demo", "exchange", "--scene", "violations"))
        .contains("-> permitted (* masked)", "verified offline: valid, deny", "rejected: ");
    Path proofs = home.resolve("demo-exchange");
    String trust = proofs.resolve("ledger.trust.txt").toString();
    try (Stream<Path> files = Files.list(proofs)) {
      Path proof = files.filter(one -> one.toString().endsWith(".tlog-proof")).findAny().get();
      TestTerminal verify = new TestTerminal();
      assertThat(verify.run("ledger", "verify", proof.toString(), "--policy", trust)).isZero();
    }
    assertThat(Files.getPosixFilePermissions(home.resolve("demo-people.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** A program with a key of its own works without a secret that anybody could read on the line. */
  private void letsProgramsSign(TestCloud cloud, Path home) throws Exception {
    JsonNode security =
        json.readTree(home.resolve("demo-people.json").toFile()).path("security-admin");
    long used = security.path("last_step").asLong();
    await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> System.currentTimeMillis() / TOTP_STEP > used);
    String password = security.path("password").asText();
    assertThat(login(home, "security-admin", password, security.path("totp_secret").asText()))
        .isZero();
    String key = home.resolve("feed.key").toString();
    String[] enrol = {"program", "enrol", "feed", "--name", "来件", "--role", "operator"};
    String[] where = {"--key-file", key};
    String enrolled = cloud.run(both(enrol, where));
    assertThat(enrolled).contains("signs with", "feed.").doesNotContain("PRIVATE");
    assertThat(Files.getPosixFilePermissions(Path.of(key)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    String[] sign = {"--token-file", key};
    JsonNode program = json.readTree(cloud.run(both(new String[] {"whoami", "-o", "json"}, sign)));
    assertThat(program.path("account").asText()).isEqualTo("feed");
    String register =
        "tenant register signed --zh 签名局 --en Signed --credit-code 11999999MB1234567M"
            + " --division 999999 --plan small";
    assertThat(cloud.run(both(register.split(" ", -1), sign))).contains("signed");
    cloud.run("program", "key", "feed", "--key-file", home.resolve("feed-2.key").toString());
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(
                        new TestTerminal()
                            .run("whoami", "--token-file", key, "--home", home.toString()))
                    .isEqualTo(4));
    cloud.run("logout");
  }

  private static String[] both(String[] one, String[] other) {
    return Stream.concat(Stream.of(one), Stream.of(other)).toArray(String[]::new);
  }

  /** A longer trail waits for two auditors with passkeys, on a page that lists and shows it. */
  private void asksForTwoSignatures(TestCloud cloud, Path home, URI node) throws Exception {
    JsonNode asked = json.readTree(cloud.run("audit", "retention", "400", "-o", "json"));
    String operation = asked.path("operation").asText();
    assertThat(asked.path("status").asText()).isEqualTo("waiting_approval");
    assertThat(asked.path("page").asText())
        .matches("https://localhost:\\d+/approvals/" + operation);
    String session = Files.readString(home.resolve("session")).strip();
    assertThat(page(node, "/approvals/" + operation, session))
        .contains("subject: days/400", "href=\"/my-account?lang=en\"");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(page(node, "/approvals", session)).contains("days/400", operation));
    assertThat(cloud.run("audit", "retention")).contains("183");
    String[] shorter = {"audit", "retention", "100", "--home", home.toString()};
    assertThat(new TestTerminal().run(shorter)).isNotZero();
  }

  private String page(URI node, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(path + "?lang=en"))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private void keepsStrangersOut(List<URI> nodes) throws Exception {
    for (URI node : nodes) {
      assertThat(status(node, "/v1/tenants", "command-line." + "x".repeat(43))).isEqualTo(401);
      HttpRequest asOperator =
          HttpRequest.newBuilder(node.resolve("/v1/tenants"))
              .header("Govcloud-Acting-As", "operator;role=operator")
              .build();
      assertThat(http.send(asOperator, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(401);
    }
  }

  private JsonNode me(TestCloud cloud) throws Exception {
    return json.readTree(cloud.run("whoami", "-o", "json"));
  }

  private int status(URI node, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(path))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String code(Path home, String account) throws Exception {
    for (JsonNode one : json.readTree(home.resolve("first-codes.json").toFile())) {
      if (one.path("account").asText().equals(account)) {
        return one.path("code").asText();
      }
    }
    throw new AssertionError("no code for " + account);
  }

  /** Comes in for the first time, as the page would; the secret of the second factor. */
  private String visitFirst(URI node, String account, String code) throws Exception {
    String body =
        json.writeValueAsString(Map.of("account", account, "code", code, "password", PASSWORD));
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/v1/first-visits"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body()).path("totp_secret").asText();
  }

  private static int login(Path home, String account, String secret) throws Exception {
    return login(home, account, PASSWORD, secret);
  }

  private static int login(Path home, String account, String password, String secret)
      throws Exception {
    String lines = password + "\n" + totp(secret) + "\n";
    TestTerminal terminal = new TestTerminal(false, lines, Map.of());
    return terminal.run("login", account, "--home", home.toString());
  }

  /** What an authenticator shows (RFC 6238). */
  private static String totp(String secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(base32(secret), "RAW"));
    long step = System.currentTimeMillis() / TOTP_STEP;
    ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
    int number = hash.getInt(hash.get(19) & 0xf) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%06d", number % 1_000_000);
  }

  private static byte[] base32(String text) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
      bits.append(Integer.toBinaryString(32 + value).substring(1));
    }
    byte[] bytes = new byte[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }
}
