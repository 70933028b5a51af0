package govcloud.node.identity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.node.approval.ApprovalFeature;
import govcloud.node.audit.AuditDesk;
import govcloud.node.audit.AuditSettings;
import govcloud.node.http.Border;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Client;
import govcloud.node.http.ConcurrencyLimits;
import govcloud.node.http.Contract;
import govcloud.node.http.HttpServer;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Tenancy;
import govcloud.node.http.Threshold;
import govcloud.node.http.Token;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.page.SeenPage;
import govcloud.node.replication.DrillKeys;
import govcloud.node.replication.KeyRotations;
import govcloud.node.replication.OwnKeyRoutes;
import govcloud.node.replication.ReplicationThreads;
import govcloud.node.tls.NodeTls;
import govcloud.replication.keys.AccountSecrets;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Two nodes with accounts over the same entities. Operations that are not about accounts answer
 * {@code UNAVAILABLE} when somebody has come as far as their endpoint.
 */
final class IdentityHouse implements AutoCloseable {
  static final String TOKEN = "command-line.0123456789abcdef0123456789abcdef";
  static final String CANARY = "/v1/tenants/transport/apps/permits/cases/canary";

  /** Where an identity provider leads people back to; nobody listens there. */
  static final String PUBLIC_ADDRESS = "https://cloud.example";

  static final String PASSWORD = "rain over the harbour";
  volatile Instant now = Instant.parse("2026-03-02T01:00:00Z");
  final MemoryAccounts accounts = new MemoryAccounts(() -> now);
  volatile Call last;
  volatile Actor pressedBy;

  /** About which emergencies an alarm was raised. */
  final List<String> alarms = new CopyOnWriteArrayList<>();

  private final ActorTestKit kit;
  private final PasswordProfile profile;
  private final ProviderSettings provider;
  private final TotpSecrets sealing;
  private final KeyFolder keys;
  private final ReplicationThreads threads = new ReplicationThreads("house-keys", 1);
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final List<String> nodes = new ArrayList<>();
  private final Map<String, String> secrets = new HashMap<>();
  private final Map<String, String> codes = new HashMap<>();

  IdentityHouse(Path folder) throws IOException {
    this(folder, PasswordProfile.ASVS);
  }

  /** Where passwords keep another standard. */
  IdentityHouse(Path folder, PasswordProfile profile) throws IOException {
    this(folder, ActorTestKit.create(ConfigFactory.load()), profile, ProviderSettings.NONE);
  }

  /** The same with an identity provider. */
  IdentityHouse(Path folder, ProviderSettings provider) throws IOException {
    this(folder, ActorTestKit.create(ConfigFactory.load()), PasswordProfile.ASVS, provider);
  }

  /** The same behind listeners with certificates. */
  IdentityHouse(Path folder, NodeTls tls) throws IOException {
    this(
        folder,
        ActorTestKit.create(
            ActorSystem.create(
                Behaviors.empty(),
                "house",
                ActorSystemSetup.create(BootstrapSetup.create(ConfigFactory.load()), tls))),
        PasswordProfile.ASVS,
        ProviderSettings.NONE);
  }

  private IdentityHouse(
      Path folder, ActorTestKit kit, PasswordProfile profile, ProviderSettings provider)
      throws IOException {
    this.kit = kit;
    this.profile = profile;
    this.provider = provider;
    this.keys = new KeyFolder(folder.resolve("keys"));
    this.sealing = new TotpSecrets(Optional.of(secrets(folder)));
    var file = Files.writeString(folder.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    nodes.add(node(file));
    nodes.add(node(file));
  }

  /** How the house keeps second factors: with the keys of its cloud, in a folder. */
  static AccountSecrets secrets(Path folder) {
    var keys = new KeyFolder(folder.resolve("keys"));
    try {
      if (!keys.exists()) {
        KeyCeremony.init(keys, "extranet", folder.resolve("shares"), 2, 3, new SecureRandom());
      }
      return new AccountSecrets(keys, new SecureRandom());
    } catch (KeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private String node(Path tokenFile) {
    var config = config(tokenFile);
    var contract = Contract.load();
    var routes = new Routes();
    var token = Token.read(tokenFile);
    var opened = reception(token, routes);
    var door = opened.door();
    var desk = desk(config, door);
    var witness = desk.open(routes);
    var own = ownKeys();
    new OwnKeyRoutes(Optional.of(own)).register(routes);
    var works = new EnumMap<DangerousCommand, ApprovedWork>(own.works());
    works.put(DangerousCommand.KEEP_AUDIT, desk.keeping());
    works.putAll(opened.works());
    ApprovalFeature.register(
        new ApprovalFeature.Surroundings(
            kit.system(), accounts, opened.signing(), () -> door, "extranet", () -> now),
        works,
        () -> CompletableFuture.completedStage(List.of()),
        routes);
    pages(token, door, routes);
    EndlessAnswers.register(routes);
    contract.operationIds().stream()
        .filter(id -> !routes.has(id))
        .forEach(id -> routes.on(id, this::reached));
    var http = HttpSettings.from(config);
    var border =
        new Border(
            kit.system(),
            http,
            contract,
            routes,
            door,
            new Unlimited(),
            Threshold.of(kit.system(), http, System::nanoTime),
            ConcurrencyLimits.of(http, System::nanoTime),
            witness,
            () -> "1".repeat(80));
    return HttpServer.start(kit.system(), http, border).toCompletableFuture().join().url();
  }

  private OwnKeyRoutes.OwnKeys ownKeys() {
    return new OwnKeyRoutes.OwnKeys(
        new KeyRotations(
            accounts, keys, kind -> Optional.empty(), threads, new SecureRandom(), () -> now),
        new DrillKeys(accounts, keys, this::signing, threads, () -> now));
  }

  private SigningKey signing() {
    try {
      return keys.signing();
    } catch (KeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pages(Token token, AccountDoor door, Routes routes) {
    var guests = new PageGuests(() -> door, kit.system());
    SeenPage.routes(
            token, () -> door.installation(token), call -> guests.looks(call, OwnPage.OVERVIEW))
        .register(routes);
    routes.on(
        "objectByPage",
        call ->
            guests
                .presses(call, "objectToAccess")
                .thenCompose(pressed -> reached(call, pressed.actor())));
  }

  private static Config config(Path tokenFile) {
    return ConfigFactory.parseMap(
            Map.of(
                "govcloud.http.port",
                0,
                "govcloud.http.token-file",
                tokenFile.toString(),
                "govcloud.audit.watch.canaries",
                List.of(CANARY),
                "govcloud.audit.patience",
                "1s",
                "govcloud.audit.refusals-every",
                "200ms",
                "govcloud.http.head-timeout",
                "1s"))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private Reception.Opened reception(Token token, Routes routes) {
    return new Reception(
            kit.system(),
            accounts,
            accounts,
            token,
            new IdentitySettings(
                IdentitySettings.Mode.ACCOUNTS,
                1,
                2,
                profile,
                List.of("lighthouse"),
                "",
                List.of(),
                provider.isThere() ? PUBLIC_ADDRESS : "",
                provider),
            new SecureRandom(),
            System::nanoTime,
            sealing,
            (hash, sender) -> CompletableFuture.completedStage(seen.add(hash)),
            accounts::linkedTo,
            accounts::invited,
            accounts::withRole,
            () -> now,
            "extranet",
            alarms::add)
        .open(routes);
  }

  private AuditDesk desk(Config config, AccountDoor door) {
    return new AuditDesk(
        kit.system(),
        accounts,
        accounts,
        AuditSettings.from(config),
        () -> door,
        () -> now,
        System::nanoTime,
        "node-" + nodes.size());
  }

  private CompletionStage<HttpResponse> reached(Call call, Actor actor) {
    pressedBy = actor;
    return reached(call);
  }

  /** The history of a case can be read; what is in it does not matter here. */
  private CompletionStage<HttpResponse> reached(Call call) {
    last = call;
    return call.operation().equals("getCaseHistory")
        ? CompletableFuture.completedStage(Replies.ok(Map.of("items", List.of())))
        : CompletableFuture.failedStage(
            Problem.of(BorderCode.UNAVAILABLE, "reached").asException());
  }

  KeyFolder keys() {
    return keys;
  }

  /** Somebody at a node who shows a token, which may be nobody's. */
  Client at(int node, String token) {
    return new Client(nodes.get(node), token);
  }

  /** Somebody without a token. */
  Client stranger() {
    return at(0, "none");
  }

  String url() {
    return url(0);
  }

  String url(int node) {
    return nodes.get(node);
  }

  /** The one-time code of one of the first accounts, which are made when somebody asks first. */
  String code(String account) {
    if (codes.isEmpty()) {
      makeFirstAccounts();
    }
    return codes.get(account);
  }

  private void makeFirstAccounts() {
    var answer =
        at(0, TOKEN)
            .send(
                "POST",
                "/v1/first-accounts",
                """
                {"clerks": [
                  {"account": "zhang-san", "name": "张三", "tenant": "transport", "roles": ["clerk"]},
                  {"account": "li-si", "name": "李四", "tenant": "harbour", "roles": ["clerk"]}]}
                """);
    if (answer.status() != 200) {
      throw new AssertionError(answer.json().toString());
    }
    for (var code : answer.json().path("codes")) {
      codes.put(code.path("account").asText(), code.path("code").asText());
    }
  }

  /** Comes in for the first time and remembers the second factor. */
  Client.Answer visitFirst(String account, String code) {
    return visitFirst(account, PASSWORD, code);
  }

  /** Comes in with a password of one's own. */
  Client.Answer visitFirst(String account, String password, String code) {
    var answer = stranger().send("POST", "/v1/first-visits", attempt(account, password, code));
    if (answer.status() == 200) {
      secrets.put(account, answer.json().path("totp_secret").asText());
    }
    return answer;
  }

  /** Signs in with the right password and code, half a minute after the last time. */
  String signIn(String account) {
    now = now.plus(Duration.ofSeconds(30));
    var answer = attempt(0, account, PASSWORD, totp(account));
    if (answer.status() != 201) {
      throw new AssertionError(answer.json().toString());
    }
    return answer.json().path("token").asText();
  }

  /** Tries to sign in. */
  Client.Answer attempt(int node, String account, String password, String code) {
    return at(node, "none").send("POST", "/v1/sessions", attempt(account, password, code));
  }

  /** What an authenticator shows now. */
  String totp(String account) {
    return Totp.code(secret(account), now.getEpochSecond() / 30);
  }

  /** What the account's authenticator was told on the first visit. */
  String secret(String account) {
    return secrets.get(account);
  }

  static String attempt(String account, String password, String code) {
    return "{\"account\": \"%s\", \"password\": \"%s\", \"code\": \"%s\"}"
        .formatted(account, password, code);
  }

  private static final class Unlimited implements Tenancy {
    @Override
    public CompletionStage<Long> requestsPerSecond(String tenant) {
      return CompletableFuture.completedStage(1_000_000L);
    }

    @Override
    public void countAllowed(String tenant) {}

    @Override
    public void countRefused(String tenant) {}
  }

  @Override
  public void close() {
    threads.close();
    kit.shutdownTestKit();
  }
}
