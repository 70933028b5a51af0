package govcloud.benchmarks;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.Material;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Onward;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.NodeConfiguration;
import govcloud.node.NodeMain;
import govcloud.node.RunningNode;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.io.Writer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Police has figures about bicycles as files of any size; transport may fetch all of them. */
final class WholeCloud {

  private static final Pattern ADDRESS = Pattern.compile("\"address\":\"([0-9a-f]{64})\"");
  private static final Pattern LENGTH = Pattern.compile("\"length\":([0-9]+)");
  private static final String PLACE = "bicycle stand ".repeat(35);
  private static final int SEND_MINUTES = 10;

  private final Path folder;
  private final Path configuration;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<Integer, String> addresses = new HashMap<>();

  /** Makes keys and configuration; nothing is started. */
  WholeCloud(Options options, BenchmarkCassandra cassandra) throws Exception {
    folder = Files.createDirectories(cassandra.home().resolve("whole"));
    KeyCeremony.init(
        new KeyFolder(folder.resolve("keys")),
        "extranet",
        folder.resolve("shares"),
        2,
        3,
        new SecureRandom());
    var signer = new NoteSigner("gov.example/benchmark", VerifierKey.NOTE, new byte[32]);
    int remoting = BenchmarkNodes.freePort();
    configuration =
        Files.writeString(
            folder.resolve("node.conf"),
            """
            include file("%1$s/cluster-configs/local.conf")
            pekko { loglevel = WARNING, coordinated-shutdown.exit-jvm = off }
            govcloud {
              node.name = "node-1"
              cluster { port = %2$d, seed-nodes = ["127.0.0.1:%2$d"] }
              management.port = %3$d, identity.mode = header-for-tests
              http { port = 0, token-file = "%4$s", burst-seconds = 1000000 }
              exchange { ledger-key = "%5$s", ledger-folder = "%6$s/ledger" }
              replication { keys-folder = "%6$s/keys", archive-folder = "%6$s/archive" }
              attachments.max-size = 64 GiB
              cassandra { contact-points = ["127.0.0.1:%7$d"], keyspace = "%8$s" }
              catalogue.folder = "%1$s/apps"
            }
            """
                .formatted(
                    options.root(),
                    remoting,
                    BenchmarkNodes.freePort(),
                    BenchmarkNodes.secret(folder.resolve("token"), BenchmarkNodes.TOKEN),
                    BenchmarkNodes.secret(folder.resolve("ledger-key"), signer.secretText()),
                    folder,
                    cassandra.port(),
                    BenchmarkNodes.newKeyspace()));
  }

  /** Lets the departments agree on files of so many megabytes each, and attaches them. */
  void prepare(List<Integer> megabytes) throws Exception {
    var settings =
        NodeConfiguration.read(
            ConfigFactory.parseFile(configuration.toFile())
                .withFallback(ConfigFactory.load())
                .resolve());
    var node = RunningNode.start(settings, "benchmark", Clock.systemUTC());
    try {
      var caller = new ApiCaller(http, NodeMain.serve(node).url(), BenchmarkNodes.TOKEN);
      for (String tenant : List.of("transport", "police")) {
        caller.register(tenant);
      }
      for (int size : megabytes) {
        agree(node, size, Mode.FILE);
        agree(node, size, Mode.BATCH);
        attach(node, caller, size);
      }
    } finally {
      node.context().system().terminate();
      node.ended().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }

  /** The node in a process of its own, with so much heap. */
  NodeProcess process(String heap) throws IOException, InterruptedException {
    return NodeProcess.start(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dconfig.file=" + configuration,
            "-cp",
            System.getProperty("java.class.path"),
            "govcloud.node.NodeMain"),
        folder.resolve("process.log"));
  }

  /** The file as its department gets it from the same node. */
  HttpRequest bare(String url, int megabytes) {
    return new ApiCaller(http, url, BenchmarkNodes.TOKEN)
        .request("GET", "/v1/tenants/police/attachments/" + addresses.get(megabytes))
        .build();
  }

  /** The same through the gateway. */
  HttpRequest whole(String url, int megabytes, Mode mode, String message) {
    var word = mode.name().toLowerCase(Locale.ROOT);
    return new ApiCaller(http, url, BenchmarkNodes.TOKEN)
        .request(
            "POST",
            "/v1/tenants/transport/exchange/%s/%s".formatted(agreement(megabytes, mode), word),
            "{}")
        .header("Idempotency-Key", message)
        .header("Govcloud-Acting-As", "zhang-san;role=window-clerk")
        .build();
  }

  HttpClient http() {
    return http;
  }

  private static String agreement(int megabytes, Mode mode) {
    return "figures-%d-%s".formatted(megabytes, mode.name().toLowerCase(Locale.ROOT));
  }

  private static String app(int megabytes) {
    return "figures-" + megabytes;
  }

  private static void tell(
      RunningNode node, String entity, String person, String role, Object command) {
    BenchmarkNodes.tell(node.context(), entity, new Actor(person, role), command);
  }

  private static void agree(RunningNode node, int megabytes, Mode mode) {
    var resource = resource(megabytes);
    var terms = terms(resource, mode);
    var agreement = "agreement/transport/" + agreement(megabytes, mode);
    if (mode == Mode.FILE) {
      var publish = new ResourceCommand.Publish(resource);
      tell(node, "resource/police/" + resource.id(), "wang", Actor.OPERATOR, publish);
    }
    tell(node, agreement, "li", "head", new AgreementCommand.Apply("transport", terms, resource));
    tell(node, agreement, "wang", Actor.OPERATOR, new AgreementCommand.Confirm());
    tell(node, agreement, "zhao", "head", new AgreementCommand.Consent("police"));
    for (var signer : List.of("zhao/police", "li/transport")) {
      var sign = new AgreementCommand.Sign(signer.replaceFirst(".*/", ""), terms.address());
      tell(node, agreement, signer.replaceFirst("/.*", ""), "head", sign);
    }
  }

  private static Item item(String name, ItemType type) {
    return new Item(name, type, Sensitivity.L2, new LocalText(name, name), false);
  }

  private static DataResource resource(int megabytes) {
    return new DataResource(
        "police",
        app(megabytes),
        new LocalText("数据", "Figures"),
        new LocalText("数据", "Figures"),
        "transport/figures",
        SharingClass.CONDITIONAL,
        "figures",
        List.of(Mode.FILE, Mode.BATCH),
        UpdateCycle.DAILY,
        List.of(
            item("station", ItemType.TEXT),
            item("day", ItemType.DATE),
            item("lent", ItemType.INTEGER)),
        Optional.empty(),
        Provider.file(app(megabytes)),
        CatalogueEntry.NONE);
  }

  private static AgreementTerms terms(DataResource of, Mode mode) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<AgreementTerms.Field> fields = new ArrayList<>();
    of.items().forEach(item -> fields.add(new AgreementTerms.Field(item.name(), Masking.PLAIN)));
    if (mode == Mode.BATCH) {
      fields.set(1, new AgreementTerms.Field("day", Masking.of(Masking.Rule.YEAR)));
    }
    return new AgreementTerms(
        "police",
        of.id(),
        1,
        "transport",
        new LocalText("规划", "Planning"),
        List.of(),
        "figures",
        fields,
        Optional.empty(),
        Optional.empty(),
        1_000_000_000,
        now.minusSeconds(60),
        now.plusSeconds(86_400),
        365,
        Onward.FORBIDDEN,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.of(mode));
  }

  private void attach(RunningNode node, ApiCaller caller, int megabytes) throws Exception {
    var file = folder.resolve("figures.jsonl");
    try (var out = Files.newBufferedWriter(file)) {
      write(out, (long) megabytes << 20);
    }
    var sent =
        caller.send(
            caller
                .request("POST", "/v1/tenants/police/attachments")
                .timeout(java.time.Duration.ofMinutes(SEND_MINUTES))
                .header("Idempotency-Key", "send-" + megabytes)
                .setHeader("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofFile(file)));
    Files.delete(file);
    addresses.put(megabytes, first(ADDRESS, sent));
    var entity = "case/police/" + app(megabytes) + "/f-1";
    tell(node, entity, "sun", "window-clerk", create(app(megabytes)));
    var attachment =
        new Attachment(
            first(ADDRESS, sent),
            "text/plain",
            Long.parseLong(first(LENGTH, sent)),
            "figures.jsonl");
    var command =
        new CaseCommand.RecordMaterial(
            "figures", Material.Kind.ELECTRONIC, false, true, Optional.of(attachment));
    tell(node, entity, "sun", "window-clerk", command);
  }

  private static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException(text + " (expected: " + pattern + ")");
    }
    return found.group(1);
  }

  private static CaseCommand.Create create(String app) {
    return new CaseCommand.Create(
        "police",
        app,
        "administrative-approval",
        1,
        app + "-f-1",
        app,
        new Applicant("Wang", "person", "identity-card", "999999199001010016"),
        "{\"project_name\":\"p\",\"task_name\":\"t\",\"task_type\":\"licence\","
            + "\"project_type\":\"promise\",\"applyer_name\":\"Wang\","
            + "\"applyer_type\":\"natural-person\"}",
        Map.of(),
        Optional.empty());
  }

  /** Lines of about half a kilobyte. */
  private static void write(Writer out, long bytes) throws IOException {
    long written = 0;
    for (long i = 0; written < bytes; i++) {
      var line =
          "{\"station\":\"%s%08d\",\"day\":\"2026-11-%02d\",\"lent\":%d}\n"
              .formatted(PLACE, i, 1 + i % 30, 1 + i % 7);
      out.write(line);
      written += line.length();
    }
  }
}
