package govcloud.journal.plugin;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.journal.Slices;
import govcloud.journal.cassandra.CassandraLogStore;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.cassandra.CassandraSnapshots;
import govcloud.journal.cassandra.PreparedLog;
import govcloud.journal.cassandra.TablePart;
import govcloud.journal.core.Batch;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.ReaderPositions;
import govcloud.journal.core.Reply;
import govcloud.journal.reader.EntityReader;
import govcloud.journal.reader.LogSliceReader;
import govcloud.journal.reader.RecentBatches;
import govcloud.journal.reader.SliceListener;
import govcloud.journal.reader.SliceReader;
import govcloud.journal.reader.Wakeups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/** A node's slice journal: its Cassandra sessions, the slices it hosts, and the readers. */
public final class SliceJournal implements Extension {

  /** Plugin id of the journal, for {@code pekko.persistence.journal.plugin}. */
  public static final String JOURNAL_PLUGIN = "govcloud.journal";

  /** Plugin id of the snapshot store. */
  public static final String SNAPSHOT_PLUGIN = "govcloud.snapshots";

  private final ExtendedActorSystem system;
  private final CassandraSettings cassandra;
  private final JournalSettings settings;
  private final Wakeups wakeups;
  private final RecentBatches recent;
  private final List<SliceListener> listeners = new CopyOnWriteArrayList<>();
  private final List<LongConsumer> clocks = new CopyOnWriteArrayList<>();
  private final Map<Integer, HostedSlice> hosted = new ConcurrentHashMap<>();
  private final SliceReader reader;
  private final EntityReader entities;
  private final List<ReaderPositions> readers = new CopyOnWriteArrayList<>();
  private final Map<CassandraSettings, CqlSession> sessions = new HashMap<>();
  private PreparedLog prepared;

  private SliceJournal(ExtendedActorSystem system) {
    this.system = system;
    var config = system.settings().config();
    this.cassandra = CassandraSettings.from(config);
    this.settings = JournalSettings.from(config);
    this.wakeups = new Wakeups(settings.slices().count());
    this.recent = new RecentBatches(settings.slices().count(), settings.recentBytes());
    this.reader =
        new LogSliceReader(
            this::store, wakeups, recent, settings.pollInterval(), settings.readBatches());
    this.entities = new LogEntityReader(settings, this::executor, this::store);
    system.registerOnTermination(this::close);
  }

  /** The journal of an actor system. */
  public static SliceJournal get(ClassicActorSystemProvider system) {
    return Id.INSTANCE.get(system);
  }

  /** How Cassandra is reached. */
  public CassandraSettings cassandra() {
    return cassandra;
  }

  /** The session of {@link #session(TablePart)} for the journal's own tables. */
  public CqlSession session() {
    return session(TablePart.JOURNAL);
  }

  /**
   * The session shared by everything in this actor system that uses these tables, and by other
   * parts that log in as the same role; statements must name the keyspace. Opened at the first
   * call, which blocks; that fails with the driver's exceptions when no node answers, and may be
   * repeated. Closed with the actor system.
   */
  public synchronized CqlSession session(TablePart part) {
    return sessions.computeIfAbsent(cassandra.as(part), this::open);
  }

  /** Does something as the role that owns the tables. No session of it stays that need not. */
  public void asOwner(Consumer<CqlSession> task) {
    Optional<TablePart> owned =
        Stream.of(TablePart.values())
            .filter(part -> cassandra.as(part).equals(cassandra))
            .findFirst();
    if (owned.isPresent()) {
      task.accept(session(owned.get()));
      return;
    }
    try (CqlSession owner = open(cassandra)) {
      task.accept(owner);
    }
  }

  private CqlSession open(CassandraSettings as) {
    return system
        .settings()
        .setup()
        .get(CassandraDoor.class)
        .map(door -> CassandraSessions.open(as, Optional.of(door.tls())))
        .orElseGet(() -> CassandraSessions.open(as));
  }

  /** How entities are spread over slices. */
  public Slices slices() {
    return settings.slices();
  }

  /** Reads slices in order. */
  public SliceReader reader() {
    return reader;
  }

  /** Reads single entities without hosting them. */
  public EntityReader entities() {
    return entities;
  }

  /**
   * Position of the slice's last record that this node knows to be stored; {@link
   * govcloud.journal.Position#BEFORE_FIRST} if it has not hosted the slice. After an
   * acknowledgement it is at or above the acknowledged record.
   */
  public long appliedPosition(int slice) {
    return wakeups.known(slice);
  }

  /**
   * Registers a listener for slices hosted here; the node publishes what it hears to the others.
   */
  public void onAdvanced(SliceListener listener) {
    listeners.add(listener);
  }

  /**
   * Says how to find out how far the slices were read by some who follow them; the slowest of all
   * counts, and until there is one nothing is trimmed. Answers may come on any thread, and each
   * must come. Without effect where {@code govcloud.journal.trim.enabled} is false.
   */
  public void readBy(ReaderPositions positions) {
    readers.add(positions);
  }

  /**
   * Registers who must hear of closed hybrid clocks, such as the node's clock: records made here
   * for a slice that is closed up to a clock need a later one. Called on the journal's threads.
   */
  public void onClosed(LongConsumer clock) {
    clocks.add(clock);
  }

  /**
   * Closes a hybrid clock in a slice that this node hosts, or begins to host: no record in front of
   * the mark has a higher clock, none behind it has this one or a lower one. Completes with the
   * mark's offset; fails with {@link govcloud.journal.ClockPassedException} if the log has a higher
   * clock already, and with {@link govcloud.journal.JournalUnavailableException} if it is not known
   * to be closed. Closing the same clock again is allowed.
   */
  public CompletionStage<Long> closeClock(int slice, long clock) {
    CompletableFuture<Long> closed = new CompletableFuture<>();
    hosted.computeIfAbsent(slice, this::host).close(clock, settling(closed));
    return closed;
  }

  /** Tells this node's readers that another node has stored records up to a position. */
  public void wake(int slice, long position) {
    wakeups.wake(slice, position);
  }

  /**
   * Finds out how far an entity has got: the sequence of its last record, 0 before the first, as of
   * all that was acknowledged before this call by whatever node. At once while this node's read
   * lease holds, else after a look at the log. Fails with {@link
   * govcloud.journal.JournalUnavailableException} or {@link
   * govcloud.journal.DamagedEntityException}.
   */
  public CompletionStage<Long> confirm(String entityId) {
    CompletableFuture<Long> confirmed = new CompletableFuture<>();
    hosted(entityId).confirm(entityId, settling(confirmed));
    return confirmed;
  }

  private static <T> Reply<T> settling(CompletableFuture<T> future) {
    return (answer, failure) -> {
      if (failure == null) {
        future.complete(answer);
      } else {
        future.completeExceptionally(failure);
      }
    };
  }

  /**
   * Stops hosting a slice after its entities have left this node. Not needed for correctness: it
   * frees memory and writes the slice's chunks at once.
   */
  public void release(int slice) {
    HostedSlice of = hosted.get(slice);
    if (of != null) {
      of.release();
    }
  }

  /** The slice of an entity; hosting begins with the first request made of it. */
  HostedSlice hosted(String entityId) {
    return hosted.computeIfAbsent(settings.slices().sliceOf(entityId), this::host);
  }

  private HostedSlice host(int slice) {
    SerialExecutor executor = executor();
    return new HostedSlice(
        slice,
        system.provider().getDefaultAddress().toString(),
        executor,
        store(executor),
        settings,
        UUID::randomUUID,
        new Absorbing(),
        (of, reply) -> ReaderPositions.slowestOf(readers).slowest(of, reply));
  }

  /** What hosted slices learn goes to the readers and listeners of this node. */
  private final class Absorbing implements HostedSlice.Advance {

    @Override
    public void to(int slice, long position) {
      wakeups.wake(slice, position);
      listeners.forEach(listener -> listener.onAdvanced(slice, position));
    }

    @Override
    public void absorbed(int slice, long offset, Batch batch) {
      recent.add(slice, offset, batch);
    }

    @Override
    public void closed(long clock) {
      clocks.forEach(one -> one.accept(clock));
    }
  }

  CassandraSnapshots snapshots() {
    return new CassandraSnapshots(session(), cassandra.keyspace());
  }

  private SerialExecutor executor() {
    return new SerialExecutor(
        system.dispatchers().lookup(JOURNAL_PLUGIN + ".dispatcher"), system.scheduler());
  }

  private synchronized LogStore store(Executor executor) {
    CqlSession open = session();
    if (prepared == null) {
      prepared = new PreparedLog(open, cassandra.keyspace());
    }
    return new CassandraLogStore(open, prepared, executor);
  }

  private synchronized void close() {
    sessions.values().forEach(CqlSession::closeAsync);
  }

  /** Pekko's key of this extension. */
  public static final class Id extends AbstractExtensionId<SliceJournal>
      implements ExtensionIdProvider {

    private static final Id INSTANCE = new Id();

    @Override
    public Id lookup() {
      return INSTANCE;
    }

    @Override
    public SliceJournal createExtension(ExtendedActorSystem system) {
      return new SliceJournal(system);
    }
  }
}
