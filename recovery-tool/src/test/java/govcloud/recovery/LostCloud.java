package govcloud.recovery;

import govcloud.domain.contract.AggregateWalk;
import govcloud.journal.HybridClock;
import govcloud.journal.Slices;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.cut.CutMaker;
import govcloud.replication.cut.CutOrder;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.ManifestMaker;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cloud {@code harbour}, which lived for some days and is lost: what its sibling {@code
 * mountain} kept, the shares of its recovery key, and what was in it. Everything is made by the
 * code that nodes run; the lives are those of a seed, the keys are new each time.
 */
public final class LostCloud {
  /** Its name. */
  public static final String NAME = "harbour";

  /** Name of the cloud that has its replica. */
  public static final String SIBLING = "mountain";

  private static final int LEVEL = 3;

  /**
   * How much is lost.
   *
   * @param slices of the log
   * @param tenants departments, besides the cloud's own entities
   * @param cases of each department
   * @param days each ends with a cut; behind the last cut there is some more
   */
  public record Size(int slices, int tenants, int cases, int days) {
    /** Some hundreds of records. */
    public static final Size SMALL = new Size(3, 3, 6, 2);
  }

  private final Path folder;
  private final Size size;
  private final Random random;
  private final KeyFolder siblingKeys;
  private final FileSystemArchiveStore store;
  private final List<LostLog> logs = new ArrayList<>();
  private final SortedMap<String, List<Record>> entities = new TreeMap<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final List<SortedMap<String, Long>> sequencesAtCut = new ArrayList<>();
  private final Set<String> tenants = new TreeSet<>();
  private KeyFolder keys;
  private List<Path> shares = List.of();
  private long clock = AggregateWalk.BEGIN.toEpochMilli() << 16;

  private LostCloud(Path folder, Size size, long seed) throws Exception {
    this.folder = folder;
    this.size = size;
    this.random = new Random(seed);
    this.keys = new KeyFolder(folder.resolve("harbour-keys"));
    this.siblingKeys = new KeyFolder(folder.resolve("mountain-keys"));
    this.store = FileSystemArchiveStore.open(archive());
    for (int slice = 0; slice < size.slices(); slice++) {
      logs.add(new LostLog(slice));
    }
  }

  /**
   * Lives and is lost.
   *
   * @param folder an empty one
   */
  public static LostCloud make(Path folder, Size size, long seed) throws Exception {
    LostCloud cloud = new LostCloud(folder, size, seed);
    cloud.makeKeys();
    cloud.live(seed);
    return cloud;
  }

  private void makeKeys() throws Exception {
    SecureRandom secret = new SecureRandom();
    shares = KeyCeremony.init(keys, NAME, folder.resolve("shares"), 3, 5, secret);
    KeyCeremony.init(siblingKeys, SIBLING, folder.resolve("mountain-shares"), 3, 5, secret);
    CardFolder.keep(cards(), keys.card());
    CardFolder.keep(cards(), siblingKeys.card());
  }

  private void live(long seed) throws Exception {
    LostLives lives = new LostLives(seed);
    for (int i = 1; i <= size.tenants(); i++) {
      lives.tenant("bureau-" + i, size.cases());
    }
    lives.operation("rent-1");
    live(lives, size.days());
  }

  private void live(LostLives lives, int days) throws Exception {
    Map<String, List<Record>> left = new TreeMap<>();
    lives.records().forEach((id, records) -> left.put(id, new ArrayList<>(records)));
    for (int day = 1; day <= days; day++) {
      work(left, 1.0 / (days + 2 - day));
      cut(false);
      keys.rotateEpoch(new SecureRandom());
    }
    work(left, 1);
    ship();
  }

  /** A share of what is left to be done, entities mixed; a last tenant begins on the last day. */
  private void work(Map<String, List<Record>> left, double share) throws Exception {
    Map<String, Integer> today = new HashMap<>();
    left.forEach(
        (id, records) -> {
          boolean late = share < 1 && size.tenants() > 1 && id.contains("bureau-" + size.tenants());
          today.put(id, late ? 0 : (int) Math.round(records.size() * share));
        });
    List<String> order = new ArrayList<>();
    today.forEach((id, count) -> order.addAll(java.util.Collections.nCopies(count, id)));
    java.util.Collections.sort(order);
    java.util.Collections.shuffle(order, random);
    int each = Math.max(1, order.size() / 3);
    for (int i = 0; i < order.size(); i++) {
      write(left.get(order.get(i)).remove(0));
      if (i % each == each - 1) {
        logs.forEach(LostLog::flush);
        ship();
      }
    }
    logs.forEach(LostLog::flush);
  }

  private void write(Record life) {
    clock += (long) (1 + random.nextInt(30_000)) << 16;
    List<Record> before = entities.computeIfAbsent(life.getEntityId(), id -> new ArrayList<>());
    Record record = LostLives.written(life, clock, before);
    before.add(record);
    tenants.add(record.getTenant());
    logs.get(Slices.of(record.getEntityId(), size.slices())).add(record);
  }

  /** Archives everything; the sibling takes it in and signs receipts. */
  private void ship() throws Exception {
    Receiver receiver = new Receiver(store, store, trust(), siblingKeys.signing(), soon());
    for (int slice = 0; slice < size.slices(); slice++) {
      try (EpochKeys epoch = keys.epoch()) {
        SegmentWriter writer = new SegmentWriter(keys.signing(), epoch, LEVEL);
        SliceArchiver archiver = new SliceArchiver(slice, store, trust(), writer);
        long before = archiver.head().number();
        LostLog log = logs.get(slice);
        archiver.archive(log.firstWaiting(), log.take());
        for (long number = before + 1; number <= archiver.head().number(); number++) {
          ArchiveName name = ArchiveName.segment(slice, number);
          receiver.segment(name, store.read(name).orElseThrow());
        }
      }
    }
    while (new ManifestMaker(store, trust(), keys.signing(), size.slices()).make()) {
      ArchiveName name = store.last(StatementKind.MANIFEST, 0).orElseThrow();
      receiver.manifest(name, store.read(name).orElseThrow());
    }
  }

  private Clock soon() {
    Instant now = Instant.ofEpochMilli(HybridClock.millisOf(clock)).plus(Duration.ofSeconds(3));
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  /** A site that works is to be moved: it accepts nothing more and makes its final cut. */
  public void drain() throws Exception {
    cut(true);
  }

  /** A department more, with all that happens in it. */
  public void goOn(String tenant, long seed) throws Exception {
    LostLives lives = new LostLives(seed);
    lives.tenant(tenant, size.cases());
    for (List<Record> records : lives.records().values()) {
      for (Record record : records) {
        write(record);
      }
    }
    logs.forEach(LostLog::flush);
    ship();
  }

  /**
   * A day more in every department: as many cases as each has had at first, mixed; then a cut, and
   * some more behind it.
   *
   * @param day makes the cases' names its own
   */
  public void goOnEverywhere(int day, long seed) throws Exception {
    LostLives lives = new LostLives(seed);
    for (int i = 1; i <= size.tenants(); i++) {
      lives.cases("bureau-" + i, "d-" + day + "-", size.cases());
    }
    live(lives, 1);
  }

  /** From now on another site works; its sibling trusts the card. */
  public void moveTo(KeyFolder site) throws Exception {
    keys = site;
    CardFolder.keep(cards(), keys.card());
  }

  private void cut(boolean drained) throws Exception {
    clock += 1 << 16;
    Map<Integer, Long> marks = new TreeMap<>();
    for (int slice = 0; slice < size.slices(); slice++) {
      marks.put(slice, logs.get(slice).close(clock));
    }
    ship();
    CutOrder order =
        new CutOrder(
            clock,
            marks,
            tenants(),
            List.of(),
            new TreeMap<>(Map.of("govcloud.journal.slices", Integer.toString(size.slices()))),
            new TreeMap<>(Map.of("case/1", "1", "govcloud", "0.1.0")),
            CutDeletion.NONE,
            drained);
    try (EpochKeys epoch = keys.epoch();
        CutMaker maker = new CutMaker(store, trust(), keys.signing(), keys::epoch, LEVEL)) {
      Cut cut = maker.make(order, epoch).orElseThrow();
      new Countersigner(
              store,
              FileSystemBlobStore.open(archive()),
              trust(),
              siblingKeys.signing(),
              folder.resolve("cut-checkpoint"),
              soon())
          .countersign(ArchiveName.cut(cut.statement().getNumber()), cut.file().toByteArray());
      cuts.add(cut);
    }
    SortedMap<String, Long> sequences = new TreeMap<>();
    entities.forEach((id, records) -> sequences.put(id, (long) records.size()));
    sequencesAtCut.add(sequences);
  }

  /** The sibling's folder with what it received. */
  public Path archive() {
    return folder.resolve("received");
  }

  /** The folder with the cards of both clouds. */
  public Path cards() {
    return archive().resolve("cards");
  }

  /** Five share files; three give the recovery key. */
  public List<Path> shares() {
    return shares;
  }

  /** Whose signatures count. */
  public ReplicaTrust trust() throws Exception {
    CloudCard card = keys.card();
    List<TrustedKey> all = new ArrayList<>(card.signingKeys());
    all.addAll(siblingKeys.card().signingKeys());
    return new ReplicaTrust(NAME, SIBLING, new TrustedKeys(all), Set.of(card.recoveryKey()));
  }

  /** Its keys, which are lost as well. */
  public KeyFolder keys() {
    return keys;
  }

  /** Keys of the cloud that has its replica. */
  public KeyFolder siblingKeys() {
    return siblingKeys;
  }

  /** How much was lost. */
  public Size size() {
    return size;
  }

  /** All records of each entity, as written. */
  public SortedMap<String, List<Record>> entities() {
    return entities;
  }

  /** All records. */
  public List<Record> records() {
    return entities.values().stream().flatMap(List::stream).toList();
  }

  /** Gives the memory of what was in it back; its replica stays. */
  public void forget() {
    entities.clear();
  }

  /** The departments; the empty name for what is the cloud's own. */
  public Set<String> tenants() {
    return new TreeSet<>(tenants);
  }

  /** The countersigned cuts, from 1. */
  public List<Cut> cuts() {
    return cuts;
  }

  /**
   * How many records each entity has in a cut.
   *
   * @param number from 1
   */
  public SortedMap<String, Long> sequencesAtCut(int number) {
    return sequencesAtCut.get(number - 1);
  }
}
