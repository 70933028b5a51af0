package govcloud.node.exchange;

import govcloud.ledger.LedgerException;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final Optional<Cosigning> cosigning;
  private final String policy;
  private final Optional<String> requestsKey;
  private final Duration limit;
  private final InstantSource clock;
  private final Executor threads;

  /**
   * Routes.
   *
   * @param shelf none: this cloud has no ledger
   * @param cosigning none: the ledger has no witness
   * @param policy what whoever checks the ledger has to know
   * @param requestsKey with which this cloud signs what it posts to departments; none: no ledger
   * @param limit how long entries may wait for a cosignature
   * @param threads on which files may be read
   */
  LedgerRoutes(
      Optional<LedgerShelf> shelf,
      Optional<Cosigning> cosigning,
      String policy,
      Optional<String> requestsKey,
      Duration limit,
      InstantSource clock,
      Executor threads) {
    this.shelf = shelf;
    this.cosigning = cosigning;
    this.policy = policy;
    this.requestsKey = requestsKey;
    this.limit = limit;
    this.clock = clock;
    this.threads = threads;
  }

  void register(Routes routes) {
    routes
        .on("getLedgerPolicy", call -> done(text(policy())))
        .on("getLedgerCheckpoint", this::checkpoint)
        .on("getLedgerCosigned", this::cosigned)
        .on("getLedgerStatus", this::status)
        .on("getLedgerProof", this::proof)
        .on("getLedgerTile", call -> tile(call, 1))
        .on("getLedgerTileBelow", call -> tile(call, 2))
        .on("getLedgerTileDeep", call -> tile(call, 3));
  }

  private LedgerShelf shelf() {
    return shelf.orElseThrow(ExchangeRoutes::off);
  }

  private String policy() {
    shelf();
    return policy;
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

  private CompletionStage<HttpResponse> cosigned(Call call) {
    var files = shelf();
    return CompletableFuture.supplyAsync(() -> found("cosigned", files::cosigned), threads)
        .thenApply(note -> text(new String(note, StandardCharsets.UTF_8)));
  }

  private CompletionStage<HttpResponse> status(Call call) {
    var files = shelf();
    var now = clock.instant();
    var state = cosigning.map(Cosigning::status);
    var trouble = files.trouble().map(LedgerException::getMessage);
    return done(
        Replies.ok(
            new Fields()
                .with("size", files.size())
                .with(
                    "state",
                    trouble.isPresent()
                        ? "stopped"
                        : state
                            .map(one -> one.state(now, limit).name().toLowerCase(Locale.ROOT))
                            .orElse("no_witness"))
                .maybe("cosigned", state.map(Cosigned::cosigned))
                .maybe("cosigned_at", state.flatMap(Cosigned::at))
                .maybe("witness_heard_at", state.flatMap(Cosigned::heard))
                .maybe("behind_seconds", state.map(one -> one.behind(now).toSeconds()))
                .maybe("requests_key", requestsKey)
                .maybe(
                    "third_witness", cosigning.flatMap(Cosigning::third).map(LedgerRoutes::third))
                .maybe(
                    "problem",
                    trouble.or(() -> state.map(Cosigned::problem).filter(p -> !p.isEmpty())))
                .map()));
  }

  private static Map<String, Object> third(Cosigned status) {
    return new Fields()
        .with("cosigned", status.cosigned())
        .maybe("cosigned_at", status.at())
        .maybe("problem", Optional.of(status.problem()).filter(text -> !text.isEmpty()))
        .map();
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
