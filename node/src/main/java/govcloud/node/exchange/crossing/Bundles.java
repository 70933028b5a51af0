package govcloud.node.exchange.crossing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.google.protobuf.ByteString;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.vault.SubjectKey;
import govcloud.replication.link.FileSystemDropFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exchange with clouds that are reached through gateways alone: queries and answers go as
 * numbered, sealed bundles of files, one direction each, until the other side says that it has
 * them.
 */
public final class Bundles {

  private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);

  private final Parts parts;
  private final BundleTable table;
  private final BundleReports reports;
  private final Questions questions;
  private final Executor blocking;
  private final List<Working> all = new ArrayList<>();

  /** A cloud whose folders are open. */
  private record Working(String cloud, FileSystemDropFolder inbox, BundleRound round) {}

  /**
   * What bundles are made of.
   *
   * @param inspection whom to believe; messages may be on their way for long
   * @param key to which others seal
   * @param sealing seals what is kept
   * @param kept how long queries and answers are kept
   * @param nonces random digits
   */
  public record Parts(
      KnownClouds clouds,
      Inspection inspection,
      BundleKey key,
      SubjectKey sealing,
      Duration kept,
      BundleSettings settings,
      Supplier<String> nonces,
      InstantSource clock) {}

  /**
   * Nothing exchanged yet.
   *
   * @param blocking where files and Cassandra may be waited for
   */
  public Bundles(Parts parts, CqlSession session, String keyspace, Executor blocking) {
    this.parts = parts;
    this.table = new BundleTable(session, keyspace, parts.sealing(), parts.kept());
    this.reports = new BundleReports(session, keyspace);
    this.questions = new Questions(table, parts.inspection());
    this.blocking = blocking;
  }

  /**
   * The answer to a query, if it has come.
   *
   * @param name of the exchange, the same for the same query
   * @param query makes the message; none: it is not sent, if it was not before
   * @return fails with {@link CrossingException} when what has come cannot be believed
   */
  public CompletionStage<Optional<CloudLink.Answered>> ask(
      String cloud, String name, Optional<Supplier<SignedMessage>> query) {
    var asked = new CompletableFuture<Optional<CloudLink.Answered>>();
    blocking.execute(
        () -> {
          try {
            asked.complete(questions.ask(cloud, name, query));
          } catch (CrossingException | RuntimeException e) {
            asked.completeExceptionally(e);
          }
        });
    return asked;
  }

  /**
   * Opens the folders of all clouds that have some, and makes them where they are not there.
   *
   * @throws IllegalArgumentException when one cannot be written, beginning with the setting's name
   */
  public void open(CloudReception reception) {
    var way =
        new CloudReception.Way(
            parts.inspection(),
            // What came before is known by the numbers of bundles, also when it was not answered.
            (hash, sender) -> CompletableFuture.completedStage(true),
            Bundle.LARGEST_MESSAGE);
    for (var cloud : parts.clouds().all()) {
      cloud.folders().ifPresent(folders -> all.add(working(cloud, folders, reception, way)));
    }
  }

  private Working working(
      KnownCloud cloud,
      BundleSettings.Folders folders,
      CloudReception reception,
      CloudReception.Way way) {
    try {
      var inbox = FileSystemDropFolder.open(folders.inbox());
      var peer =
          new BundlePeer(
              parts.clouds(),
              cloud,
              parts.inspection(),
              parts.key(),
              table,
              FileSystemDropFolder.open(folders.outbox()),
              inbox,
              parts.settings().patience(),
              parts.nonces(),
              parts.clock());
      var round =
          new BundleRound(
              peer,
              (query, file) ->
                  reception
                      .answer(
                          new CloudReception.Brought(
                              cloud, ByteString.copyFrom(query.toBytes()), "file:" + file),
                          way)
                      .thenApply(Bundles::certain),
              parts.settings().alarm());
      return new Working(cloud.name(), inbox, round);
    } catch (IOException e) {
      throw CloudSettings.wrong("known", cloud.name() + ": " + e, "folders that can be written to");
    }
  }

  /** What says nothing about the query, such as a ledger that takes no entry now, is no answer. */
  private static SignedMessage certain(SignedMessage answer) {
    var code = answer.text("/refusal/code");
    if (!code.isEmpty() && ExchangeRefusal.of(code).isEmpty()) {
      throw new IllegalStateException(code + ": " + answer.text("/refusal/detail"));
    }
    return answer;
  }

  /** One round for each cloud; what goes wrong with one keeps no other from its own. */
  public CompletionStage<Void> round() {
    return CompletableFuture.runAsync(() -> all.forEach(this::round), blocking);
  }

  private void round(Working one) {
    try {
      reports.write(one.round().run(one.inbox().countSetAside())).toCompletableFuture().join();
    } catch (IOException | RuntimeException e) {
      LOG.warn("bundles of {}: {}", one.cloud(), e.toString());
    }
  }

  /** How things stand with a cloud; none: nothing has been done with it yet. */
  public CompletionStage<Optional<BundleState>> state(String cloud) {
    return reports
        .all()
        .thenApply(all -> all.stream().filter(state -> state.cloud().equals(cloud)).findFirst());
  }
}
