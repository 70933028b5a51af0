package govcloud.replication.receiving;

import govcloud.replication.archive.ArchiveName;
import java.util.List;

/**
 * Segments that a cloud has signed for and does not have whole any more, although later ones of
 * their slices are there.
 *
 * @param count how many
 * @param named the last of them, ascending, at most {@link #MOST}: each is vouched for by the next
 * @param detail what is wrong with the first of these, in words; empty: none is lost
 */
public record LostSegments(long count, List<ArchiveName> named, String detail) {
  /** So many are named at once; the others when these are back. */
  public static final int MOST = 1000;

  /** Nothing is lost. */
  public static final LostSegments NONE = new LostSegments(0, List.of(), "");

  /** Keeps the list. */
  public LostSegments {
    named = List.copyOf(named);
  }
}
