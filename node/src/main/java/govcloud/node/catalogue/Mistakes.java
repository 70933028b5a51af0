package govcloud.node.catalogue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that an author sees everything in one run. */
final class Mistakes {

  /** Beyond this many nobody reads on, and memory must stay bounded. */
  private static final int MAXIMUM = 1_000;

  private final List<Mistake> all = new ArrayList<>();

  /** Notes a mistake at a place in a file. */
  void at(SourceNode where, MistakeCode code, String reason) {
    add(new Mistake(code, where.file(), where.line(), where.column(), reason));
  }

  /** Notes a mistake about a file or folder as a whole. */
  void about(String file, MistakeCode code, String reason) {
    add(new Mistake(code, file, 0, 0, reason));
  }

  void add(Mistake mistake) {
    if (all.size() < MAXIMUM) {
      all.add(mistake);
    }
  }

  /** Whether a file has a mistake other than of these codes. */
  boolean anyIn(String file, Set<MistakeCode> except) {
    return all.stream()
        .anyMatch(mistake -> mistake.file().equals(file) && !except.contains(mistake.code()));
  }

  /** How many there are, to see whether a step added some. */
  int count() {
    return all.size();
  }

  /**
   * Ends the reading if anything is wrong.
   *
   * @throws CatalogueException with every mistake
   */
  void throwIfAny() {
    if (!all.isEmpty()) {
      all.sort(
          Comparator.comparing(Mistake::file)
              .thenComparingInt(Mistake::line)
              .thenComparingInt(Mistake::column));
      throw new CatalogueException(all);
    }
  }
}
