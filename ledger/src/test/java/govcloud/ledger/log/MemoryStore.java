package govcloud.ledger.log;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk that can lose its power at every write. What was being written then is missing, torn,
 * filled with zeroes or whole; what had been written before is there.
 */
public final class MemoryStore implements LedgerStore {
  private final TreeMap<String, byte[]> files = new TreeMap<>();
  private final Random random;
  private long untilCrash = Long.MAX_VALUE;
  private boolean off;
  private long writes;

  public MemoryStore() {
    this(0);
  }

  public MemoryStore(long seed) {
    random = new Random(seed);
  }

  /** The same files on another disk. */
  public MemoryStore copy() {
    MemoryStore copy = new MemoryStore();
    copy.files.putAll(files);
    return copy;
  }

  /** The power goes at the write after so many. */
  public void crashAfter(long count) {
    untilCrash = count;
  }

  /** The power is back. */
  public void restart() {
    off = false;
    untilCrash = Long.MAX_VALUE;
  }

  public boolean isOff() {
    return off;
  }

  /** Writes, deletions and replacements so far. */
  public long writes() {
    return writes;
  }

  public Map<String, byte[]> files() {
    return files;
  }

  private boolean lastOne() throws IOException {
    if (off) {
      throw new IOException("no power");
    }
    writes++;
    off = untilCrash-- == 0;
    return off;
  }

  private void end() throws IOException {
    if (off) {
      throw new IOException("power cut");
    }
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    end();
    return Optional.ofNullable(files.get(name)).map(byte[]::clone);
  }

  @Override
  public void write(Map<String, byte[]> written) throws IOException {
    boolean last = lastOne();
    written.forEach(
        (name, content) -> {
          if (!last || random.nextInt(4) == 0) {
            files.put(name, content.clone());
          } else if (random.nextInt(3) > 0) {
            byte[] torn = new byte[random.nextInt(content.length + 1)];
            if (random.nextBoolean()) {
              System.arraycopy(content, 0, torn, 0, torn.length);
            }
            files.put(name, torn);
          }
        });
    end();
  }

  @Override
  public void replace(String name, byte[] content) throws IOException {
    if (!lastOne() || random.nextBoolean()) {
      files.put(name, content.clone());
    }
    end();
  }

  @Override
  public void delete(List<String> names) throws IOException {
    boolean last = lastOne();
    for (String name : names) {
      if (!last || random.nextBoolean()) {
        files.remove(name);
      }
    }
    end();
  }

  @Override
  public List<String> tiles() throws IOException {
    end();
    return files.keySet().stream().filter(name -> name.startsWith("tile/")).toList();
  }
}
