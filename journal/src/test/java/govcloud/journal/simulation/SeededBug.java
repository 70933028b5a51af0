package govcloud.journal.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A mistake that somebody could make, as a change of the sources.
 *
 * @param name what is done wrong
 * @param edits where; each old text is there exactly once, whatever the white space
 */
record SeededBug(String name, List<Edit> edits) {

  /**
   * One change.
   *
   * @param type simple name of the class, of the core, or {@link Tables} or {@link Entity}
   * @param old text that is replaced
   * @param text what stands there instead
   */
  record Edit(String type, String old, String text) {}

  static SeededBug of(String name, String type, String old, String text) {
    return new SeededBug(name, List.of(new Edit(type, old, text)));
  }

  /** The same with one more change. */
  SeededBug and(String type, String old, String text) {
    List<Edit> more = new ArrayList<>(edits);
    more.add(new Edit(type, old, text));
    return new SeededBug(name, more);
  }

  @Override
  public String toString() {
    return name;
  }
}
