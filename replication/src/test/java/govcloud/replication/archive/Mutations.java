package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages a sound replica in one place; every seed gives another damage, the same in every run. */
final class Mutations {
  /** The ways to damage. */
  enum Way {
    FLIP,
    TRUNCATE,
    EXTEND,
    INSERT,
    REMOVE_BYTES,
    REORDER_BYTES,
    DROP,
    SWAP,
    REPLAY,
    ROLL_BACK,
    WRONG_KEY,
    OTHER_CLOUD,
    FORK,
    DUPLICATE
  }

  /**
   * What was done.
   *
   * @param store the damaged replica
   * @param blobs its attachments
   * @param names the files that are wrong now
   * @param from first byte that differs, or 0 where the whole file is meant
   * @param whole whether the whole file is meant
   */
  record Mutation(
      Way way,
      MemoryStore store,
      MemoryBlobStore blobs,
      List<String> names,
      long from,
      boolean whole) {}

  private static final int ONE_IN = 6;

  private final MemoryStore sound;
  private final MemoryBlobStore blobs;
  private final TestReplica otherCloud;
  private final TestReplica forked;
  private final List<ArchiveName> names;

  Mutations(long seed) throws Exception {
    TestReplica replica = TestReplica.of(TestKeys.HOME, seed);
    sound = replica.store();
    blobs = replica.blobs();
    otherCloud = TestReplica.of(TestKeys.OTHER, seed);
    forked = TestReplica.of(TestKeys.HOME, seed + 1);
    names = List.copyOf(sound.files().keySet());
  }

  /** The replica before any damage. */
  MemoryStore sound() {
    return sound;
  }

  /** The attachments before any damage. */
  MemoryBlobStore soundBlobs() {
    return blobs;
  }

  Mutation of(long seed) {
    Random random = new Random(seed);
    Way way = Way.values()[(int) Math.floorMod(seed, (long) Way.values().length)];
    boolean onlyOfFiles = way == Way.ROLL_BACK || way == Way.WRONG_KEY || way == Way.DUPLICATE;
    boolean ofBlobs = !onlyOfFiles && random.nextInt(ONE_IN) == 0;
    return ofBlobs ? ofBlobs(way, random) : ofFiles(way, random);
  }

  private Mutation ofFiles(Way way, Random random) {
    MemoryStore store = new MemoryStore(sound);
    ArchiveName name = names.get(random.nextInt(names.size()));
    byte[] file = sound.files().get(name);
    return switch (way) {
      case FLIP, TRUNCATE, EXTEND, INSERT, REMOVE_BYTES, REORDER_BYTES ->
          bytes(way, store, name, file, random);
      case DROP -> drop(store, random);
      case SWAP, REPLAY -> exchange(way, store, name, random);
      case ROLL_BACK -> rollBack(store, random);
      case WRONG_KEY -> signedAgain(store, name, file, random);
      case OTHER_CLOUD -> replace(way, store, name, otherCloud.store());
      case FORK -> replace(way, store, name, forked.store());
      case DUPLICATE -> duplicate(store, random);
    };
  }

  private Mutation ofBlobs(Way way, Random random) {
    MemoryBlobStore store = new MemoryBlobStore(blobs);
    List<BlobAddress> all = List.copyOf(store.blobs().keySet());
    int index = random.nextInt(all.size());
    BlobAddress one = all.get(index);
    BlobAddress other = all.get((index + 1) % all.size());
    byte[] stored = store.blobs().get(one);
    List<String> wrong = new ArrayList<>(List.of(one.name()));
    switch (way) {
      case DROP -> store.blobs().remove(one);
      case REPLAY -> store.blobs().put(one, store.blobs().get(other));
      case SWAP -> {
        store.blobs().put(one, store.blobs().put(other, stored));
        wrong.add(other.name());
      }
      case OTHER_CLOUD -> store.blobs().put(one, first(otherCloud));
      case FORK -> store.blobs().put(one, other(forked, stored));
      default -> {
        byte[] changed = changed(way, stored, random.nextInt(stored.length), random);
        store.blobs().put(one, changed);
        if (Arrays.equals(stored, changed)) {
          wrong.clear();
        }
      }
    }
    return new Mutation(way, new MemoryStore(sound), store, wrong, 0, true);
  }

  private static byte[] first(TestReplica replica) {
    return replica.blobs().blobs().values().iterator().next();
  }

  /** Attachments of both histories are the same; their bytes are put in another order. */
  private static byte[] other(TestReplica replica, byte[] stored) {
    return replica.blobs().blobs().values().stream()
        .filter(bytes -> !Arrays.equals(bytes, stored))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] changed(Way way, byte[] file, int at, Random random) {
    return switch (way) {
      case FLIP -> flipped(file, at, 1 << random.nextInt(8));
      case TRUNCATE -> Arrays.copyOf(file, at);
      case EXTEND -> Arrays.copyOf(file, file.length + 1 + random.nextInt(100));
      case INSERT -> spliced(file, at, at, 1 + random.nextInt(40));
      case REMOVE_BYTES -> spliced(file, at, Math.min(file.length, at + 1 + at % 50), 0);
      default -> reversed(file, at);
    };
  }

  private Mutation bytes(Way way, MemoryStore store, ArchiveName name, byte[] file, Random random) {
    int at = random.nextInt(file.length);
    byte[] changed = changed(way, file, at, random);
    if (way == Way.EXTEND) {
      at = file.length;
    }
    while (at < Math.min(file.length, changed.length) && file[at] == changed[at]) {
      at++;
    }
    store.files().put(name, changed);
    boolean same = Arrays.equals(file, changed);
    return new Mutation(way, store, blobs, same ? List.of() : List.of(name.text()), at, false);
  }

  private static byte[] flipped(byte[] file, int at, int bit) {
    byte[] changed = file.clone();
    changed[at] ^= (byte) bit;
    return changed;
  }

  /** Takes the bytes between two places out and repeats some of those before. */
  private static byte[] spliced(byte[] file, int from, int to, int repeated) {
    byte[] changed = new byte[file.length - (to - from) + repeated];
    System.arraycopy(file, 0, changed, 0, from);
    for (int i = 0; i < repeated; i++) {
      changed[from + i] = (byte) (file[from] + i);
    }
    System.arraycopy(file, to, changed, from + repeated, file.length - to);
    return changed;
  }

  private static byte[] reversed(byte[] file, int at) {
    byte[] changed = file.clone();
    int to = Math.min(file.length, at + 32);
    for (int i = at; i < to; i++) {
      changed[i] = file[to - 1 - (i - at)];
    }
    return changed;
  }

  /** A file that something later needs: the last of a kind may simply not be there yet. */
  private Mutation drop(MemoryStore store, Random random) {
    List<ArchiveName> needed = new ArrayList<>();
    for (ArchiveName name : names) {
      boolean later =
          names.stream()
              .anyMatch(
                  other ->
                      other.kind() == name.kind()
                          && other.slice() == name.slice()
                          && other.number() > name.number());
      boolean optional = name.kind() == StatementKind.COUNTERSIGNATURE;
      boolean lastIsNeeded =
          name.kind() == StatementKind.SEGMENT || name.kind() == StatementKind.CUT;
      if (!optional && (later || lastIsNeeded)) {
        needed.add(name);
      }
    }
    ArchiveName name = needed.get(random.nextInt(needed.size()));
    store.files().remove(name);
    return new Mutation(Way.DROP, store, blobs, List.of(name.text()), 0, true);
  }

  private Mutation exchange(Way way, MemoryStore store, ArchiveName name, Random random) {
    List<ArchiveName> others = names.stream().filter(other -> !other.equals(name)).toList();
    List<ArchiveName> same = others.stream().filter(other -> other.kind() == name.kind()).toList();
    List<ArchiveName> from = random.nextInt(4) == 0 ? others : same;
    ArchiveName other = from.get(random.nextInt(from.size()));
    store.files().put(name, sound.files().get(other));
    if (way == Way.REPLAY) {
      return new Mutation(way, store, blobs, List.of(name.text()), 0, true);
    }
    store.files().put(other, sound.files().get(name));
    return new Mutation(way, store, blobs, List.of(name.text(), other.text()), 0, true);
  }

  /** A file is there once more, as the one behind the last of its kind. */
  private Mutation duplicate(MemoryStore store, Random random) {
    List<ArchiveName> kinds = names.stream().filter(Mutations::isNeeded).toList();
    ArchiveName name = kinds.get(random.nextInt(kinds.size()));
    long last =
        names.stream()
            .filter(other -> other.kind() == name.kind() && other.slice() == name.slice())
            .mapToLong(ArchiveName::number)
            .max()
            .orElseThrow();
    ArchiveName added = new ArchiveName(name.kind(), name.slice(), last + 1);
    store.files().put(added, sound.files().get(name));
    return new Mutation(Way.DUPLICATE, store, blobs, List.of(added.text()), 0, true);
  }

  private static boolean isNeeded(ArchiveName name) {
    return switch (name.kind()) {
      case SEGMENT, MANIFEST, CUT -> true;
      default -> false;
    };
  }

  /** Everything after a manifest is gone, as if it had never been. */
  private Mutation rollBack(MemoryStore store, Random random) {
    long round = random.nextInt(1, 4);
    store
        .files()
        .keySet()
        .removeIf(
            name ->
                switch (name.kind()) {
                  case CUT, COUNTERSIGNATURE -> name.number() > round / 2;
                  default -> name.number() > round;
                });
    return new Mutation(
        Way.ROLL_BACK,
        store,
        blobs,
        List.of(ArchiveName.manifest(4).text(), ArchiveName.cut(2).text()),
        0,
        true);
  }

  /** The same statement, signed by somebody who may not. */
  private Mutation signedAgain(MemoryStore store, ArchiveName name, byte[] file, Random random) {
    int statement = ByteBuffer.wrap(file).getInt(8);
    ByteString text = ByteString.copyFrom(file, SignedStatement.PREFIX, statement);
    SigningKey key = random.nextBoolean() ? TestKeys.UNKNOWN : TestKeys.OTHER;
    byte[] changed = file.clone();
    SignedStatement.sign(name.kind(), text, key).copyTo(changed, 0);
    store.files().put(name, changed);
    return new Mutation(Way.WRONG_KEY, store, blobs, List.of(name.text()), 0, true);
  }

  private Mutation replace(Way way, MemoryStore store, ArchiveName name, MemoryStore by) {
    store.files().put(name, by.files().get(name));
    return new Mutation(way, store, blobs, List.of(name.text()), 0, true);
  }
}
