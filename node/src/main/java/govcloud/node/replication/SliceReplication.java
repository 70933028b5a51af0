package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.journal.HybridClock;
import govcloud.journal.core.Batch;
import govcloud.journal.reader.LoggedBatch;
import govcloud.journal.reader.SliceReader;
import govcloud.node.replication.SliceShipping.News;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.shipping.SliceShipper.Progress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSink;

/**
 * Replicates one slice: follows its log, collects rows, has them archived as segments, and wakes
 * the shipping. One runs for each slice in the whole cloud; two for a while, after a fail-over, do
 * no harm. Whatever fails, it ends and is begun again from what the archive holds.
 */
final class SliceReplication extends AbstractBehavior<SliceReplication.Message> {

  /** How often the other nodes are told, also when nothing changes. */
  private static final Duration TELL = Duration.ofSeconds(2);

  /** What this actor understands. */
  interface Message {}

  /** Ends it. */
  record Stop() implements Message {}

  /** Somebody waits for the receipt of everything up to an offset. */
  record Hurry(long offset) implements Message {}

  /** The sibling gets again what it lacks of what it signed for. */
  record Refill(String operation) implements Message {}

  private record Opened(SealingArchiver archiver) implements Message {}

  private record Begun(ActorRef<Done> acknowledge) implements Message {}

  private record Row(LoggedBatch row, ActorRef<Done> acknowledge) implements Message {}

  private record Archived() implements Message {}

  private record Failed(Throwable why) implements Message {}

  private record Due() implements Message {}

  private record Tell() implements Message {}

  /**
   * What all slices of a node share.
   *
   * @param archivers opens the archiver of a slice; blocks
   * @param shipping starts the shipping of a slice; none where the cloud has no sibling
   * @param archiveThreads for work on the archive
   * @param tell hears how far a slice is
   * @param ranks how urgent the records of an entity are
   * @param order hears how urgent a slice is
   */
  record Environment(
      SliceReader reader,
      ReplicationSettings settings,
      SliceCallable<SealingArchiver> archivers,
      Optional<Shipping> shipping,
      ReplicationThreads archiveThreads,
      Consumer<SliceState> tell,
      Function<String, ShippingRank> ranks,
      ShippingOrder order,
      Clock clock) {}

  /** Makes something for a slice. */
  interface SliceCallable<T> {
    Callable<T> of(int slice);
  }

  /** Makes the actor that ships a slice. */
  interface Shipping {
    Behavior<SliceShipping.Message> of(int slice, ActorRef<Message> listener);
  }

  private final int slice;
  private final Environment environment;
  private final TimerScheduler<Message> timers;
  private final Optional<ActorRef<SliceShipping.Message>> shipping;
  private final Backlog backlog = new Backlog();
  private final SliceRank rank = new SliceRank();
  private final NextSegment next;
  private SealingArchiver archiver;
  private SliceHead head;
  private ActorRef<Done> owed;
  private boolean archiving;
  private long hurryTo = -1;
  private Progress receipted = Progress.NONE;
  private SliceTrouble trouble = SliceTrouble.NONE;
  private String problem = "";
  private long missing;
  private String refilled = "";

  static Behavior<Message> create(int slice, Environment environment) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SliceReplication(context, timers, slice, environment)));
  }

  private SliceReplication(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      int slice,
      Environment environment) {
    super(context);
    this.slice = slice;
    this.environment = environment;
    this.timers = timers;
    this.head = SliceHead.start(slice);
    this.next = new NextSegment(environment.settings().segmentBytes());
    this.shipping =
        environment
            .shipping()
            .map(way -> context.spawn(way.of(slice, context.getSelf()), "shipping"));
    timers.startTimerWithFixedDelay(new Tell(), TELL);
    context.pipeToSelf(
        environment.archiveThreads().run(false, environment.archivers().of(slice)),
        (opened, failure) -> failure == null ? new Opened(opened) : new Failed(failure));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Opened.class, this::opened)
        .onMessage(Begun.class, begun -> acknowledge(begun.acknowledge()))
        .onMessage(Row.class, this::row)
        .onMessage(Archived.class, archived -> archived())
        .onMessage(Due.class, due -> due())
        .onMessage(Hurry.class, this::hurry)
        .onMessage(Refill.class, this::refill)
        .onMessage(News.class, this::shipped)
        .onMessage(Tell.class, tell -> tell())
        .onMessage(Failed.class, this::failed)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .build();
  }

  private Behavior<Message> opened(Opened opened) {
    archiver = opened.archiver();
    head = archiver.head();
    // Whose records wait in the archive for a receipt is not known any more.
    rank.raise(ShippingRank.CONTINUOUS, head.nextOffset() - 1);
    Source<LoggedBatch, NotUsed> rows = environment.reader().batches(slice, head.nextOffset());
    rows.runWith(
        ActorSink.actorRefWithBackpressure(
            getContext().getSelf(),
            (acknowledge, row) -> new Row(row, acknowledge),
            Begun::new,
            Done.getInstance(),
            new Failed(new IllegalStateException("the log ended")),
            Failed::new),
        getContext().getSystem());
    return tell();
  }

  private Behavior<Message> acknowledge(ActorRef<Done> to) {
    to.tell(Done.getInstance());
    return this;
  }

  private Behavior<Message> row(Row row) {
    LoggedBatch logged = row.row();
    Batch batch = logged.batch();
    int records = batch.entries().size();
    long clock = records == 0 ? 0 : batch.entries().get(0).record().getHybridClock();
    backlog.add(logged.offset(), records, batch.bytes().size(), HybridClock.millisOf(clock));
    batch
        .entries()
        .forEach(one -> rank.raise(environment.ranks().apply(one.entityId()), logged.offset()));
    next.add(logged);
    if (next.isFull() && archiving) {
      owed = row.acknowledge();
    } else {
      acknowledge(row.acknowledge());
    }
    return look();
  }

  private Behavior<Message> due() {
    next.age();
    return look();
  }

  /** Closes the next segment if it is time, and else waits until its rows are older. */
  private Behavior<Message> look() {
    if (next.isDue(waiting()) || next.reaches(hurryTo)) {
      archive();
    }
    if (!next.isEmpty() && !timers.isTimerActive(Due.class)) {
      timers.startSingleTimer(Due.class, new Due(), environment.settings().segmentAge());
    }
    return this;
  }

  /** Segments without a receipt; none where nobody gives one. */
  private long waiting() {
    return shipping.isPresent() ? head.number() - receipted.number() : 0;
  }

  private Behavior<Message> hurry(Hurry hurry) {
    hurryTo = Math.max(hurryTo, hurry.offset());
    rank.raise(ShippingRank.WAITED_FOR, hurryTo);
    wake();
    return look();
  }

  /** One segment at a time; what comes meanwhile is for the next. */
  private void archive() {
    if (archiving) {
      return;
    }
    archiving = true;
    timers.cancel(Due.class);
    boolean isUrgent = next.reaches(hurryTo);
    List<LoggedBatch> rows = next.take();
    getContext()
        .pipeToSelf(
            environment.archiveThreads().run(isUrgent, () -> archive(rows)),
            (done, failure) -> failure == null ? new Archived() : new Failed(failure));
  }

  /** A row that closes a clock ends its segment, because a cut ends with a segment. */
  private SliceHead archive(List<LoggedBatch> rows) throws Exception {
    int from = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (i == rows.size() - 1 || rows.get(i).batch().mark()) {
        List<ByteString> bytes =
            rows.subList(from, i + 1).stream().map(row -> row.batch().bytes()).toList();
        archiver.archive(rows.get(from).offset(), bytes);
        from = i + 1;
      }
    }
    return archiver.head();
  }

  private Behavior<Message> archived() {
    archiving = false;
    head = archiver.head();
    if (owed != null) {
      acknowledge(owed);
      owed = null;
    }
    wake();
    look();
    return tell();
  }

  private void wake() {
    environment.order().learn(slice, rank.behind(receipted.nextOffset()));
    boolean urgent = receipted.nextOffset() <= hurryTo;
    shipping.ifPresent(actor -> actor.tell(new SliceShipping.Wake(urgent)));
  }

  private Behavior<Message> refill(Refill refill) {
    shipping.ifPresent(actor -> actor.tell(new SliceShipping.Refill(refill.operation())));
    return this;
  }

  private Behavior<Message> shipped(News news) {
    receipted = news.progress().number() >= receipted.number() ? news.progress() : receipted;
    trouble = news.trouble();
    problem = news.problem();
    missing = news.missing();
    refilled = news.refilled();
    backlog.receipted(receipted.nextOffset());
    environment.order().learn(slice, rank.behind(receipted.nextOffset()));
    look();
    return tell();
  }

  private Behavior<Message> tell() {
    environment
        .tell()
        .accept(
            new SliceState(
                slice,
                head.number(),
                head.nextOffset(),
                receipted.number(),
                receipted.nextOffset(),
                backlog.records(),
                backlog.bytes(),
                backlog.oldestMillis(),
                receipted.receivedAt(),
                trouble,
                problem,
                missing,
                refilled,
                environment.clock().millis()));
    return this;
  }

  private Behavior<Message> failed(Failed failed) {
    Throwable why = ReplicationThreads.cause(failed.why());
    getContext().getLog().warn("slice {}: archiving begins again: {}", slice, why.toString());
    trouble = SliceTrouble.ARCHIVE;
    problem = String.valueOf(why.getMessage());
    tell();
    return Behaviors.stopped();
  }
}
