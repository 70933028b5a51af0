package govcloud.node.exchange.crossing;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.node.vault.SubjectKey;
import govcloud.replication.link.FileSystemDropFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
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
    return look(() -> questions.ask(cloud, name, query));
  }

  private interface Look<T> {
    T look() throws CrossingException;
  }

  private <T> CompletionStage<T> look(Look<T> look) {
    var seen = new CompletableFuture<T>();
    blocking.execute(
        () -> {
          try {
            seen.complete(look.look());
          } catch (CrossingException | RuntimeException e) {
            seen.completeExceptionally(e);
          }
        });
    return seen;
  }

  /**
   * The answers to the query for a batch, if all of them have come.
   *
   * @param name of the exchange, the same for the same query
   * @param query makes the message, if it was not sent before
   * @return fails, and they fail, with {@link CrossingException} when they cannot be believed
   */
  public CompletionStage<Optional<Source<CloudLink.Answered, NotUsed>>> batch(
      String cloud, String name, Supplier<SignedMessage> query) {
    return ask(cloud, name, Optional.of(query))
        .thenApply(answered -> answered.map(last -> parts(cloud, last)));
  }

  private Source<CloudLink.Answered, NotUsed> parts(String cloud, CloudLink.Answered last) {
    var count = Math.min(BundleParts.MOST, last.answer().body().path(BundleParts.PARTS).asInt());
    return Source.range(0, count - 1)
        .mapAsync(1, number -> look(() -> questions.part(cloud, last, number)))
        .concat(Source.single(last));
  }

  /**
   * Opens the folders of all clouds that have some, and makes them where they are not there.
   *
   * @param streams gives batches
   * @throws IllegalArgumentException when one cannot be written, beginning with the setting's name
   */
  public void open(CloudReception reception, CloudDoor.Streams streams, ActorSystem<?> system) {
    var way =
        new CloudReception.Way(
            parts.inspection(),
            // What came before is known by the numbers of bundles, also when it was not answered.
            (hash, sender) -> CompletableFuture.completedStage(true),
            Bundle.LARGEST_MESSAGE);
    for (var cloud : parts.clouds().all()) {
      cloud
          .folders()
          .ifPresent(
              folders ->
                  all.add(working(cloud, folders, desk(cloud, reception, streams, way, system))));
    }
  }

  /** A batch is answered by many messages, everything else by one. */
  private BundleIntake.Answering desk(
      KnownCloud cloud,
      CloudReception reception,
      CloudDoor.Streams streams,
      CloudReception.Way way,
      ActorSystem<?> system) {
    return (query, file, run) -> {
      var brought =
          new CloudReception.Brought(cloud, ByteString.copyFrom(query.toBytes()), "file:" + file);
      if (!BundleParts.areAskedForBy(query)) {
        return reception.answer(brought, way).thenApply(Bundles::certain);
      }
      var given = new AtomicReference<Source<ObjectNode, NotUsed>>();
      return reception
          .answer(brought, way, asked -> streams.batch(asked, BundleParts.MOST, given::set))
          .thenCompose(
              answer ->
                  given.get() == null
                      ? CompletableFuture.completedStage(answer)
                      : BundleParts.keep(
                          given.get(), reception, cloud, query, run, blocking, system))
          .thenApply(Bundles::certain);
    };
  }

  private Working working(
      KnownCloud cloud, BundleSettings.Folders folders, BundleIntake.Answering answering) {
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
      var round = new BundleRound(peer, answering, parts.settings().alarm());
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

  /** A round of each cloud, by its name; none waits for those of others. */
  public Map<String, Supplier<CompletionStage<Void>>> rounds() {
    return all.stream()
        .collect(
            Collectors.toMap(
                Working::cloud,
                one -> () -> CompletableFuture.runAsync(() -> round(one), Bundles::apart)));
  }

  /** A round waits for tasks of the pool in which it would otherwise take a place itself. */
  private static void apart(Runnable round) {
    var thread = new Thread(round, "exchange-bundles");
    thread.setDaemon(true);
    thread.start();
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
