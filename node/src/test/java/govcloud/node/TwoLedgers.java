package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.exchange.LedgerCommand;
import govcloud.domain.exchange.LedgerState;
import govcloud.exchange.JsonBytes;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.verify.LedgerReport;
import govcloud.ledger.verify.LedgerVerifier;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.WitnessProcess;
import govcloud.node.http.Client;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ledgers of two clouds, each the witness of the other's; mountain's may need an audit office
 * too.
 */
final class TwoLedgers implements AutoCloseable {
  /** Signs the ledger that follows harbour's. */
  static final NoteSigner SECOND =
      new NoteSigner("gov.example/harbour/exchange-2", VerifierKey.NOTE, seed("second"));

  /** Would follow it as well. */
  static final NoteSigner THIRD =
      new NoteSigner("gov.example/harbour/exchange-3", VerifierKey.NOTE, seed("third"));

  private final Path folder;
  private WitnessProcess office;
  private String third = "";

  /** Makes the keys of both. */
  TwoLedgers(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    for (String cloud : List.of(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN)) {
      key(cloud + ".log", log(cloud));
      key(cloud + ".witness", witness(cloud));
      Files.writeString(
          folder.resolve(cloud + ".trust"),
          "log %s\nwitness %s %s\nquorum none\n"
              .formatted(log(cloud).key(), cloud, witness(cloud).key()));
    }
  }

  /** Starts an audit office, which mountain's ledger needs from then on. */
  TwoLedgers withAuditOffice() throws Exception {
    office = new WitnessProcess(folder.resolve("office"), log(TwoClouds.MOUNTAIN).key().toString());
    office.start();
    third =
        "govcloud.exchange.witness.third { address = \"%s\", key = \"%s\", required = true }\n"
            .formatted(office.address(), office.verifier());
    return this;
  }

  private void key(String name, NoteSigner key) throws IOException {
    Path file = Files.writeString(folder.resolve(name), key.secretText());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static byte[] seed(String name) {
    return JsonBytes.sha256(name).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
  }

  static NoteSigner log(String cloud) {
    return new NoteSigner("gov.example/" + cloud + "/exchange", VerifierKey.NOTE, seed(cloud));
  }

  private static NoteSigner witness(String cloud) {
    String name = "gov.example/" + cloud + "/witness";
    return new NoteSigner(name, VerifierKey.COSIGNATURE, seed(name));
  }

  static String sibling(String cloud) {
    return cloud.equals(TwoClouds.HARBOUR) ? TwoClouds.MOUNTAIN : TwoClouds.HARBOUR;
  }

  /** What a node of a cloud is told. */
  String settings(String cloud) {
    return (cloud.equals(TwoClouds.MOUNTAIN) ? third : "")
        + """
        govcloud.exchange {
          ledger-key = "%s", ledger-folder = "%s", checkpoint-interval = 100ms
          witness { key = "%s", sibling-trust = "%s", mirror-folder = "%s", alarm-after = 1s }
        }
        """
            .formatted(
                folder.resolve(cloud + ".log"),
                files(cloud),
                folder.resolve(cloud + ".witness"),
                folder.resolve(sibling(cloud) + ".trust"),
                folder.resolve(cloud + ".mirror"));
  }

  /** An audit office that is needed and away: entries are recorded, and lack its cosignature. */
  void walk(ServingNode mountain) throws Exception {
    Client client = mountain.client();
    String policy = client.send("GET", "/v1/ledger/policy", null).response().body();
    assertThat(policy).contains("group sibling-and-third all harbour third\n");
    TrustPolicy both = TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8), "policy");
    long size = status(client).path("size").asLong();
    assertThat(isEnough(client, both, size - 1)).isTrue();
    office.kill();
    append(mountain, TwoClouds.MOUNTAIN, size, size + 2);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonNode status = status(client);
              assertThat(status.path("size").asLong()).isEqualTo(size + 2);
              assertThat(status.path("cosigned").asLong()).isEqualTo(size);
              assertThat(status.path("problem").asText()).contains("LEDGER_WITNESS_AWAY");
            });
    assertThat(isEnough(client, both, size - 1)).isTrue();
    assertThat(isEnough(client, both, size)).isFalse();
    office.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> status(client).path("cosigned").asLong() == size + 2);
    assertThat(isEnough(client, both, size)).isTrue();
  }

  private static JsonNode status(Client client) {
    return client.send("GET", "/v1/ledger/status", null).json();
  }

  private static boolean isEnough(Client client, TrustPolicy policy, long index) throws Exception {
    var proof = client.send("GET", "/v1/ledger/proofs/" + index, null).response().body();
    LogProof read = LogProof.parse(proof.getBytes(StandardCharsets.UTF_8), "proof");
    return read.check(read.extra().orElseThrow(), policy, "proof").enough();
  }

  @Override
  public void close() {
    if (office != null) {
      office.close();
    }
  }

  /** A ledger of harbour that follows its first one, which mountain is told of. */
  String successor() throws Exception {
    String cloud = TwoClouds.HARBOUR;
    key("harbour.second", SECOND);
    Files.writeString(
        folder.resolve(cloud + ".trust"),
        "log %s\nlog %s\nlog %s\nwitness %s %s\nquorum none\n"
            .formatted(log(cloud).key(), SECOND.key(), THIRD.key(), cloud, witness(cloud).key()));
    return settings(cloud)
        + """
        govcloud.exchange {
          ledger-key = "%s", ledger-folder = "%s"
          predecessor { log = "%s", cosigned = "%s" }
        }
        """
            .formatted(
                folder.resolve("harbour.second"),
                folder.resolve("second.ledger"),
                log(cloud).key(),
                copy(log(cloud)).resolve("cosigned"));
  }

  /** What an auditor knows of both of harbour's ledgers. */
  static TrustPolicy both() throws Exception {
    String text =
        "log %s\nlog %s\nwitness sibling %s\nquorum sibling\n"
            .formatted(
                log(TwoClouds.HARBOUR).key(), SECOND.key(), witness(TwoClouds.MOUNTAIN).key());
    return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
  }

  LedgerReport verifySecond() throws Exception {
    return new LedgerVerifier(new FolderStore(folder.resolve("second.ledger")), both())
        .verify(Map.of());
  }

  /** A cloud's own files. */
  Path files(String cloud) {
    return folder.resolve(cloud + ".ledger");
  }

  private Path copy(NoteSigner log) {
    String cloud = isHarbours(log) ? TwoClouds.HARBOUR : TwoClouds.MOUNTAIN;
    return folder
        .resolve(sibling(cloud) + ".mirror")
        .resolve(JsonBytes.sha256(log.key().toString()));
  }

  private static boolean isHarbours(NoteSigner log) {
    return log.key().name().contains("/harbour/");
  }

  /** What an auditor of a cloud's ledger knows: nothing counts that the sibling has not seen. */
  static TrustPolicy policy(String cloud) throws Exception {
    String text =
        "log %s\nwitness sibling %s\nquorum sibling\n"
            .formatted(log(cloud).key(), witness(sibling(cloud)).key());
    return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
  }

  LedgerReport verify(String cloud) throws Exception {
    return new LedgerVerifier(new FolderStore(files(cloud)), policy(cloud)).verify(Map.of());
  }

  /** All entries of a cloud's ledger, which have to be right, as they were cosigned. */
  List<Entry> entries(String cloud) throws Exception {
    LedgerReport report = verify(cloud);
    assertThat(report.findings()).isEmpty();
    long size = report.cosigned().orElseThrow().size();
    TileReader reader = new TileReader(new FolderStore(files(cloud)), size);
    List<Entry> entries = new ArrayList<>();
    for (long index = 0; index < size; index++) {
      entries.add((Entry) Leaf.parse(reader.entry(index), "entry " + index));
    }
    return entries;
  }

  /** Checks the copy of a cloud's ledger that its sibling has. */
  LedgerReport verifyCopy(String cloud) throws Exception {
    return new LedgerVerifier(new FolderStore(copy(log(cloud))), policy(cloud)).verify(Map.of());
  }

  static byte[] leaf(long number) {
    return new Entry(
            number, "%032x".formatted(number), new TreeMap<>(Map.of("n", "v")), new TreeMap<>())
        .toBytes();
  }

  /** Records entries, as a node does. */
  static void append(ServingNode node, String cloud, long from, long to) {
    append(node, log(cloud), from, to);
  }

  /** Records entries of one log. */
  static void append(ServingNode node, NoteSigner log, long from, long to) {
    String key = log.key().toString();
    for (long first = from; first < to; first += 60) {
      List<String> leaves = new ArrayList<>();
      for (long number = first; number < Math.min(to, first + 60); number++) {
        leaves.add(Base64.getEncoder().encodeToString(leaf(number)));
      }
      var answer =
          node.entities()
              .<LedgerState>ask(
                  "ledger/" + JsonBytes.sha256(key).substring(0, 32),
                  Request.of(new LedgerCommand.Append(key, 0, leaves), Actor.platform()))
              .toCompletableFuture()
              .join();
      if (!answer.accepted()) {
        throw new AssertionError(answer.refusal().toString());
      }
    }
  }
}
