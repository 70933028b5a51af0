package govcloud.node.exchange;

import govcloud.ledger.LedgerException;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The ledger's files as C2SP tlog-tiles has them, its key, and proofs. */
final class LedgerRoutes {

  private final Optional<LedgerShelf> shelf;
  private final String key;
  private final Executor threads;

  /**
   * Routes.
   *
   * @param shelf none: this cloud has no ledger
   * @param key public key of the ledger
   * @param threads on which files may be read
   */
  LedgerRoutes(Optional<LedgerShelf> shelf, String key, Executor threads) {
    this.shelf = shelf;
    this.key = key;
    this.threads = threads;
  }

  void register(Routes routes) {
    routes
        .on("getLedgerPolicy", call -> done(text("log " + key() + "\nquorum none\n")))
        .on("getLedgerCheckpoint", this::checkpoint)
        .on("getLedgerProof", this::proof)
        .on("getLedgerTile", call -> tile(call, 1))
        .on("getLedgerTileBelow", call -> tile(call, 2))
        .on("getLedgerTileDeep", call -> tile(call, 3));
  }

  private LedgerShelf shelf() {
    return shelf.orElseThrow(ExchangeRoutes::off);
  }

  private String key() {
    shelf();
    return key;
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedStage(response);
  }

  private static HttpResponse text(String text) {
    return HttpResponse.create().withEntity(ContentTypes.TEXT_PLAIN_UTF8, text);
  }

  /** As new as the ledger itself, whichever node is asked. */
  private CompletionStage<HttpResponse> checkpoint(Call call) {
    return shelf()
        .catchUp()
        .thenApply(
            size -> text(new String(shelf().checkpoint().toBytes(), StandardCharsets.UTF_8)));
  }

  private CompletionStage<HttpResponse> proof(Call call) {
    var index = Long.parseLong(call.path("index"));
    return shelf()
        .catchUp()
        .thenApplyAsync(size -> found("entry " + index, () -> shelf().proof(index)), threads)
        .thenApply(proof -> text(new String(proof, StandardCharsets.UTF_8)));
  }

  private CompletionStage<HttpResponse> tile(Call call, int parts) {
    List<String> path = new ArrayList<>(List.of("tile", call.path("level")));
    for (int i = 1; i <= parts; i++) {
      path.add(call.path("part" + i));
    }
    var name = String.join("/", path);
    var files = shelf();
    return CompletableFuture.supplyAsync(() -> found(name, () -> files.tile(name)), threads)
        .thenApply(
            tile ->
                HttpResponse.create()
                    .withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, tile)));
  }

  /** Reads a file. */
  @FunctionalInterface
  private interface Read {
    Optional<byte[]> read() throws IOException, LedgerException;
  }

  private static byte[] found(String name, Read read) {
    try {
      return read.read()
          .orElseThrow(
              () ->
                  Problem.of(BorderCode.NOT_FOUND, name + ": none (expected: one of the ledger)")
                      .asException());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LedgerException e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
  }
}
