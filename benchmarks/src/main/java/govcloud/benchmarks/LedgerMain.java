package govcloud.benchmarks;

import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.Receipt;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TreeProofs;
import govcloud.ledger.verify.LedgerReport;
import govcloud.ledger.verify.LedgerVerifier;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Durable appends beside the bare append and flush of the same bytes; checking a large ledger. */
public final class LedgerMain {
  private static final int ROUNDS = 3;
  private static final long NANOS = 4_000_000_000L;
  private static final String LARGE = "1000000";
  private static final List<String> OPEN =
      List.of("agreement", "consumer", "decision", "matter", "provider", "service");
  private static final List<String> CLOSED =
      List.of("answer", "case", "fields", "request", "requester", "subject");

  private final Path folder;
  private final int large;
  private final NoteSigner log = new NoteSigner("gov.example/exchange/2026", 1, new byte[32]);
  private final NoteSigner audit = witness("audit.example/witness", 1);
  private final NoteSigner sibling = witness("mountain.example/witness", 2);

  private LedgerMain(Path folder, int large) {
    this.folder = folder;
    this.large = large;
  }

  /**
   * Prints the figures. Arguments: the folder whose disk counts; how many entries are verified, a
   * million if it is left out.
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "ledger");
    try {
      new LedgerMain(folder, Integer.parseInt(arguments.length > 1 ? arguments[1] : LARGE)).run();
    } finally {
      try (var files = Files.walk(folder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
    System.exit(0);
  }

  private static NoteSigner witness(String name, int number) {
    byte[] seed = new byte[32];
    seed[0] = (byte) number;
    return new NoteSigner(name, VerifierKey.COSIGNATURE, seed);
  }

  /** An exchange with its evidence: six values for everybody, six commitments. */
  static Entry entry(long number) {
    byte[] secret = Hash.sha256().digest(ByteBuffer.allocate(8).putLong(number).array());
    FieldKeys keys = new FieldKeys(secret);
    SortedMap<String, String> open = new TreeMap<>();
    OPEN.forEach(name -> open.put(name, name + "-" + number % 97));
    SortedMap<String, Hash> closed = new TreeMap<>();
    CLOSED.forEach(name -> closed.put(name, keys.commit(name, secret)));
    return new Entry(1_780_000_000_000L + number, "%032x".formatted(number), open, closed);
  }

  private void run() throws Exception {
    print("entries of %d bytes", entry(12345).toBytes().length);
    for (int round = 1; round <= ROUNDS; round++) {
      double bare = bare(1, round);
      double bareOf256 = bare(256, round);
      double one = appends(1, round);
      double many = appends(2048, round);
      print("round %d, durable appends/s:", round);
      print("  bare append and flush, one at a time %8.0f, 256 at a time %8.0f", bare, bareOf256);
      print("  ledger, one caller                   %8.0f, 2048 waiting  %8.0f", one, many);
    }
    large();
  }

  /** Appends runs of entries to one file and flushes after each run. */
  private double bare(int run, int round) throws Exception {
    Path file = folder.resolve("bare-" + run + "-" + round);
    byte[] leaf = entry(round).toBytes();
    ByteBuffer bytes = ByteBuffer.allocate(leaf.length * run);
    for (int i = 0; i < run; i++) {
      bytes.put(leaf);
    }
    long count = 0;
    long began = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (System.nanoTime() - began < NANOS) {
        bytes.rewind();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
        count += run;
      }
    }
    return count * 1e9 / (System.nanoTime() - began);
  }

  private double appends(int window, int round) throws Exception {
    FolderStore store = new FolderStore(folder.resolve("log-" + window + "-" + round));
    try (LedgerLog ledger = LedgerLog.create(store, log)) {
      long began = System.nanoTime();
      long count = fill(ledger, window, Long.MAX_VALUE, began + NANOS);
      return count * 1e9 / (System.nanoTime() - began);
    }
  }

  /** Keeps so many entries waiting until enough are there or the time is over. */
  private static long fill(LedgerLog ledger, int window, long most, long until) throws Exception {
    ArrayDeque<CompletableFuture<Receipt>> waiting = new ArrayDeque<>();
    long count = 0;
    while (count < most && System.nanoTime() < until) {
      waiting.add(ledger.append(entry(count++)));
      if (waiting.size() >= window) {
        waiting.remove().get();
      }
    }
    for (CompletableFuture<Receipt> receipt : waiting) {
      receipt.get();
    }
    return count;
  }

  private void large() throws Exception {
    FolderStore store = new FolderStore(folder.resolve("large"));
    String text =
        "log %s\nwitness audit %s\nwitness sibling %s\ngroup both all audit sibling\nquorum both\n"
            .formatted(log.key(), audit.key(), sibling.key());
    TrustPolicy policy = TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
    try (LedgerLog ledger = LedgerLog.create(store, log)) {
      long began = System.nanoTime();
      fill(ledger, 4096, large, Long.MAX_VALUE);
      print("%d entries appended durably in %.1f s", large, seconds(began));
      String state = ledger.checkpoint().text();
      ledger.cosigned(
          ledger.checkpoint(), List.of(audit.cosign(state, 1), sibling.cosign(state, 1)), policy);
    }
    for (int round = 1; round <= ROUNDS; round++) {
      long began = System.nanoTime();
      LedgerReport report = new LedgerVerifier(store, policy).verify(Map.of());
      print("verified in %.1f s: %s", seconds(began), report.verdict());
    }
    long index = large * 7L / 9;
    byte[] cosigned = store.read(LedgerFiles.COSIGNED).orElseThrow();
    TileReader reader = new TileReader(store, large);
    LogProof proof =
        new LogProof(
            Optional.of(reader.entry(index)),
            index,
            new TreeProofs(reader).inclusion(index, large),
            new String(cosigned, StandardCharsets.UTF_8));
    int entry = reader.entry(index).length;
    print(
        "proof with its entry of %d bytes and two witnesses: %d bytes, %d without the entry",
        entry,
        proof.toBytes().length,
        new LogProof(Optional.empty(), index, proof.hashes(), proof.checkpoint()).toBytes().length);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
