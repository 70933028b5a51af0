package govcloud.ledger.tree;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a tile or a bundle of entries (C2SP tlog-tiles).
 *
 * @param level 0 and above, or {@link #ENTRIES}
 * @param index from 0, from the left
 * @param width hashes or entries, 1 to 256
 */
public record TileName(int level, long index, int width) {
  /** The level that stands for entries. */
  public static final int ENTRIES = -1;

  /** Hashes or entries of a full one. */
  public static final int WIDTH = 256;

  /** The folder of all of them. */
  public static final String FOLDER = "tile/";

  private static final Pattern PATH =
      Pattern.compile(
          "tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** The full one at a place. */
  public static TileName full(int level, long index) {
    return new TileName(level, index, WIDTH);
  }

  /**
   * What a tree of a size has at its right edge.
   *
   * @return empty where the edge is the end of a full one
   */
  public static Optional<TileName> edge(int level, long size) {
    long nodes = count(level, size);
    int width = (int) (nodes % WIDTH);
    return width == 0 ? Optional.empty() : Optional.of(new TileName(level, nodes / WIDTH, width));
  }

  /** Hashes of a level that a tree of a size has in its tiles. */
  public static long count(int level, long size) {
    return level > 7 ? 0 : size >> (8 * Math.max(0, level));
  }

  /** Reads a path; empty if no tile is called so. */
  public static Optional<TileName> parse(String path) {
    Matcher found = PATH.matcher(path);
    if (!found.matches()) {
      return Optional.empty();
    }
    int level = found.group(1).equals("entries") ? ENTRIES : Integer.parseInt(found.group(1));
    long index = Long.parseLong(found.group(2).replaceAll("[x/]", ""));
    int width = found.group(3) == null ? WIDTH : Integer.parseInt(found.group(3));
    TileName name = new TileName(level, index, width);
    return level <= 7 && name.path().equals(path) && width <= WIDTH
        ? Optional.of(name)
        : Optional.empty();
  }

  /** The path in the ledger's folder. */
  public String path() {
    StringBuilder path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    path.insert(0, FOLDER + (level == ENTRIES ? "entries" : level) + "/");
    return width == WIDTH ? path.toString() : path.append(".p/").append(width).toString();
  }

  /** Whether a tree of a size has all that this one holds. */
  public boolean isWithin(long size) {
    return index * WIDTH + width <= count(level, size);
  }

  /** Whether it is not full. */
  public boolean isPartial() {
    return width < WIDTH;
  }
}
