package govcloud.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.MemoryStore;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessServerTest {
  @TempDir private Path folder;

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  @Test
  void log_askingOverHttp_isCosigned_alsoAfterARestart() throws Exception {
    NoteSigner log = TestLedger.log(TestLedger.ORIGIN);
    NoteSigner key = TestLedger.witness("audit.example/w");
    MemoryStore store = new MemoryStore();
    try (LedgerLog ledger = LedgerLog.create(store, log)) {
      ledger.append(TestLedger.entry(1)).get();
      SignedNote state = ledger.checkpoint();
      for (String old : List.of("0", "1")) {
        Witness witness =
            new Witness(
                key,
                TrustPolicy.of(log.key()),
                new FolderStore(folder),
                () -> Instant.ofEpochSecond(TestLedger.TIME));
        try (WitnessServer server =
            new WitnessServer(
                witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
          String base = "http://127.0.0.1:" + server.address().getPort();
          HttpResponse<String> answer =
              send(
                  HttpRequest.newBuilder(URI.create(base + "/add-checkpoint"))
                      .POST(HttpRequest.BodyPublishers.ofString("old " + old + "\n\n" + state)));
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          String lines =
              answer.body() + TestLedger.witness("mountain.example/w").cosign(state.text(), 7);
          assertThat(ledger.cosigned(state, List.of(lines), TestLedger.policy()).enough()).isTrue();
          String hash =
              HexFormat.of().formatHex(Hash.sha256().digest(TestLedger.ORIGIN.getBytes(UTF_8)));
          assertThat(
                  send(HttpRequest.newBuilder(URI.create(base + "/" + hash + "/checkpoint")))
                      .body())
              .isEqualTo(state + answer.body());
          assertThat(send(HttpRequest.newBuilder(URI.create(base + "/x"))).statusCode())
              .isEqualTo(404);
        }
      }
    }
    assertThat(store.files()).containsKey(LedgerFiles.COSIGNED);
  }
}
