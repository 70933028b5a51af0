package govcloud.cli.xes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells traces of one name apart by their order in the log. Names are remembered as 64 bits of
 * their hash in one growing array: ten million traces take about 130 MB.
 */
final class TraceOccurrences {
  private final Map<Long, Integer> repeated = new HashMap<>();
  private long[] slots = new long[1 << 12];
  private int size;

  /** 1 for the first trace of a name, 2 for the second; traces without a name are never equal. */
  int count(Optional<String> name) {
    if (name.isEmpty()) {
      return 1;
    }
    long hash = Long.parseUnsignedLong(CaseNames.hash(name.get()).substring(0, 16), 16);
    if (add(hash == 0 ? 1 : hash)) {
      return 1;
    }
    return repeated.merge(hash, 2, (before, two) -> before + 1);
  }

  private boolean add(long hash) {
    if (size * 4L > slots.length * 3L) {
      grow();
    }
    int slot = slot(slots, hash);
    if (slots[slot] == hash) {
      return false;
    }
    slots[slot] = hash;
    size++;
    return true;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long hash : slots) {
      if (hash != 0) {
        larger[slot(larger, hash)] = hash;
      }
    }
    slots = larger;
  }

  private static int slot(long[] slots, long hash) {
    int slot = (int) (hash & (slots.length - 1));
    while (slots[slot] != 0 && slots[slot] != hash) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
