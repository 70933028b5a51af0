package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TreeProofs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A witness of an audit office, as a process, asked over HTTP; and witnesses that lie. */
@Tag("slow")
class ThirdWitnessTest {

  @TempDir private Path folder;
  private final NoteSigner log = new NoteSigner("gov.example/harbour", 1, new byte[32]);
  private final AtomicLong now = new AtomicLong(Instant.now().getEpochSecond());

  private ThirdWitness third(String address, VerifierKey key) {
    return third(address, key, Duration.ofSeconds(10));
  }

  private ThirdWitness third(String address, VerifierKey key, Duration timeout) {
    return new ThirdWitness(
        new ThirdWitnessSettings(
            Optional.of(URI.create(address)),
            Optional.of(key.toString()),
            Optional.empty(),
            false,
            timeout),
        log.key(),
        () -> Instant.ofEpochSecond(now.get()));
  }

  private FolderStore store(String name) {
    return new FolderStore(folder.resolve(name));
  }

  private static ThirdWitness.Proofs proofs(FolderStore store, long size) {
    return (from, to) -> new TreeProofs(new TileReader(store, size)).consistency(from, to);
  }

  private static void append(LedgerLog opened, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      TreeMap<String, String> open = new TreeMap<>();
      open.put("decision", "permit");
      opened
          .append(new Entry(1_700_000_000_000L, "%032x".formatted(i), open, new TreeMap<>()))
          .get();
    }
  }

  private boolean isCosigned(SignedNote state, ThirdWitness.Answer answer, VerifierKey key)
      throws Exception {
    String policy = "log " + log.key() + "\nwitness audit " + key + "\nquorum audit\n";
    return TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8), "policy")
        .check(state.with(answer.line().stream().toList()).toBytes(), "state")
        .enough();
  }

  @Test
  void process_asked_cosignsWhatGrows_andIsLeftAloneWhileItIsAway() throws Exception {
    try (var process = new WitnessProcess(folder.resolve("audit"), log.key().toString());
        LedgerLog opened = LedgerLog.create(store("log"), log)) {
      isKeptSecret(process);
      process.start();
      VerifierKey key = process.verifier();
      ThirdWitness third = third(process.address(), key);
      append(opened, 0, 5);
      assertThat(isCosigned(opened.checkpoint(), ask(third, opened, 5), key)).isTrue();
      append(opened, 5, 300);
      assertThat(isCosigned(opened.checkpoint(), ask(third, opened, 300), key)).isTrue();
      process.kill();
      assertThat(ask(third, opened, 300).line()).as("cosigned before").isPresent();
      append(opened, 300, 301);
      assertThat(ask(third, opened, 301)).isEqualTo(ThirdWitness.Answer.NONE);
      assertThat(third.status().problem()).startsWith("LEDGER_WITNESS_AWAY");
      assertThat(third.status().cosigned()).isEqualTo(300);
      assertThat(third.status().behindSince()).isPresent();
      process.start();
      assertThat(ask(third, opened, 301).line()).as("it rests").isEmpty();
      now.addAndGet(10);
      assertThat(isCosigned(opened.checkpoint(), ask(third, opened, 301), key)).isTrue();
      assertThat(third.status().behindSince()).isEmpty();
      ThirdWitness afterRestart = third(process.address(), key);
      append(opened, 301, 302);
      assertThat(ask(afterRestart, opened, 302).line()).isPresent();
    }
  }

  private static void isKeptSecret(WitnessProcess process) throws Exception {
    String secret = Files.readString(process.key()).strip();
    assertThat(secret).startsWith("PRIVATE+KEY+audit.example+");
    assertThat(process.said()).doesNotContain(secret.substring(secret.lastIndexOf('+') + 1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(process.key())))
        .isEqualTo("rw-------");
  }

  private ThirdWitness.Answer ask(ThirdWitness third, LedgerLog opened, long size) {
    return third.cosign(opened.checkpoint(), size, proofs(store("log"), size));
  }

  /** The log was put back to three entries and went on otherwise; the witness has five. */
  @Test
  void logThatWasPutBack_asks_isShownWhatItSignedBefore() throws Exception {
    try (var process = new WitnessProcess(folder.resolve("audit"), log.key().toString())) {
      process.start();
      try (LedgerLog opened = LedgerLog.create(store("log"), log)) {
        append(opened, 0, 5);
        ask(third(process.address(), process.verifier()), opened, 5);
      }
      try (LedgerLog back = LedgerLog.create(store("back"), log)) {
        append(back, 100, 103);
        ThirdWitness third = third(process.address(), process.verifier());
        var answer = third.cosign(back.checkpoint(), 3, proofs(store("back"), 3));
        assertThat(answer.line()).isEmpty();
        assertThat(answer.other().orElseThrow().size()).isEqualTo(5);
        assertThat(third.status().problem()).startsWith("LEDGER_WITNESS_MISSING");
        append(back, 103, 106);
        now.addAndGet(10);
        var forked = third.cosign(back.checkpoint(), 6, proofs(store("back"), 6));
        assertThat(forked.other().orElseThrow().size()).isEqualTo(5);
        assertThat(third.status().problem()).startsWith("LEDGER_FORKED");
      }
    }
  }

  @Test
  void witnessesThatLie_areNotBelieved() throws Exception {
    NoteSigner witness = new NoteSigner("audit.example", VerifierKey.COSIGNATURE, new byte[32]);
    NoteSigner other =
        new NoteSigner("audit.example", VerifierKey.COSIGNATURE, Hash.sha256().digest());
    try (LedgerLog opened = LedgerLog.create(store("log"), log)) {
      append(opened, 0, 2);
      String text = opened.checkpoint().text();
      assertThat(says(opened, 200, other.cosign(text, now.get()), witness)).contains("MISSING");
      assertThat(says(opened, 200, witness.cosign(text + "x", now.get()), witness))
          .contains("LEDGER_SIGNATURE_WRONG");
      assertThat(says(opened, 200, witness.cosign(text, now.get() + 3600), witness))
          .contains("LEDGER_SIGNATURE_WRONG");
      assertThat(says(opened, 409, "many\n", witness)).contains("LEDGER_MALFORMED");
      assertThat(says(opened, 409, "7\n", witness)).contains("LEDGER_MALFORMED");
      assertThat(says(opened, 404, "no", witness)).contains("LEDGER_ORIGIN_WRONG");
      assertThat(says(opened, 302, "no", witness)).contains("LEDGER_UNAVAILABLE");
      assertThat(says(opened, 200, witness.cosign(text, now.get()), witness)).isEmpty();
    }
  }

  @Test
  void witness_thatSaidAnAbsurdNumberOnce_isAskedAgain() throws Exception {
    NoteSigner witness = new NoteSigner("audit.example", VerifierKey.COSIGNATURE, new byte[32]);
    var absurd = new AtomicBoolean(true);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (LedgerLog opened = LedgerLog.create(store("log"), log)) {
      append(opened, 0, 2);
      server.createContext(
          "/",
          exchange -> {
            boolean asked = exchange.getRequestURI().getPath().equals("/add-checkpoint");
            int status = !asked ? 404 : absurd.get() ? 409 : 200;
            String line = witness.cosign(opened.checkpoint().text(), now.get());
            byte[] bytes = (status == 409 ? "123456789012345678\n" : line).getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
          });
      server.start();
      var third = third("http://127.0.0.1:" + server.getAddress().getPort() + "/", witness.key());
      assertThat(ask(third, opened, 2).line()).isEmpty();
      assertThat(third.status().problem()).startsWith("LEDGER_WITNESS_MISSING: it has 1234567890");
      absurd.set(false);
      now.addAndGet(10);
      assertThat(isCosigned(opened.checkpoint(), ask(third, opened, 2), witness.key())).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  @Timeout(30)
  void witness_thatSendsHeadersAndNothingMore_isLeft() throws Exception {
    NoteSigner witness = new NoteSigner("audit.example", VerifierKey.COSIGNATURE, new byte[32]);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> exchange.sendResponseHeaders(200, 0));
    server.start();
    try (LedgerLog opened = LedgerLog.create(store("log"), log)) {
      append(opened, 0, 2);
      var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      var third = third(address, witness.key(), Duration.ofMillis(500));
      assertThat(ask(third, opened, 2).line()).isEmpty();
      assertThat(third.status().problem()).isNotEmpty();
    } finally {
      server.stop(0);
    }
  }

  private String says(LedgerLog opened, int status, String body, NoteSigner witness)
      throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean asked = exchange.getRequestURI().getPath().equals("/add-checkpoint");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(asked ? status : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      var third = third("http://127.0.0.1:" + server.getAddress().getPort() + "/", witness.key());
      var answer = ask(third, opened, 2);
      assertThat(answer.other()).isEmpty();
      assertThat(answer.line().isPresent()).isEqualTo(third.status().problem().isEmpty());
      return third.status().problem();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void policy_ofACloud_namesWitnessesAndAsksForThoseThatAreRequired() throws Exception {
    NoteSigner witness = new NoteSigner("audit.example", VerifierKey.COSIGNATURE, new byte[32]);
    LedgerKey key = key();
    NoteSigner harbour = new NoteSigner("harbour", VerifierKey.COSIGNATURE, Hash.sha256().digest());
    var sibling = new SiblingTrust(policy("witness third " + harbour.key() + "\nquorum none\n"));
    var none = Optional.<SiblingTrust>empty();
    var absent = ThirdWitnessSettings.NONE;
    assertThat(SiblingTrust.own(key, Optional.empty(), none, absent)).endsWith("quorum none\n");
    var may = settings(witness, false);
    var must = settings(witness, true);
    assertThat(SiblingTrust.own(key, Optional.empty(), none, may))
        .contains("witness third " + witness.key())
        .endsWith("quorum none\n");
    assertThat(SiblingTrust.own(key, Optional.empty(), none, must)).endsWith("quorum third\n");
    String both = SiblingTrust.own(key, Optional.empty(), Optional.of(sibling), must);
    assertThat(both).contains("witness third-witness ").endsWith("quorum sibling-and-third\n");
    assertThat(policy(both).needsWitnesses()).isTrue();
    assertThat(SiblingTrust.own(key, Optional.empty(), Optional.of(sibling), may))
        .endsWith("quorum third\n");
  }

  private static TrustPolicy policy(String text) throws Exception {
    return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
  }

  private static ThirdWitnessSettings settings(NoteSigner witness, boolean required) {
    return new ThirdWitnessSettings(
        Optional.of(URI.create("https://audit.example/")),
        Optional.of(witness.key().toString()),
        Optional.empty(),
        required,
        Duration.ofSeconds(5));
  }

  private LedgerKey key() throws Exception {
    Path file = Files.writeString(folder.resolve("ledger-key"), log.secretText());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return LedgerKey.read(file);
  }
}
