package govcloud.replication.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The store does not do what was asked. */
public final class ArchiveStoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With less than this left, a failed write has failed for want of it. */
  private static final long ROOM = 256 << 10;

  private final ArchiveDefect defect;

  /** Not done, for this. */
  public ArchiveStoreException(ArchiveDefect defect, String detail) {
    this(defect, detail, null);
  }

  /** Not done, for this and because of that. */
  public ArchiveStoreException(ArchiveDefect defect, String detail, Throwable cause) {
    super(defect.meaning() + ": " + detail, cause);
    this.defect = defect;
  }

  /**
   * Not done because of an I/O error at a path.
   *
   * @return with {@code ARCHIVE_FULL} where there is no room left, else {@code ARCHIVE_UNAVAILABLE}
   */
  public static ArchiveStoreException of(Path path, IOException cause) {
    // The system's own words for it depend on its language.
    ArchiveDefect defect =
        isFull(path) ? ArchiveDefect.ARCHIVE_FULL : ArchiveDefect.ARCHIVE_UNAVAILABLE;
    return new ArchiveStoreException(defect, path + " (" + cause + ")", cause);
  }

  /** Not done because of an I/O error. */
  public static ArchiveStoreException of(String what, IOException cause) {
    return new ArchiveStoreException(
        ArchiveDefect.ARCHIVE_UNAVAILABLE, what + " (" + cause + ")", cause);
  }

  private static boolean isFull(Path path) {
    try {
      Path there = path;
      while (there.getParent() != null && !Files.exists(there)) {
        there = there.getParent();
      }
      return Files.getFileStore(there).getUsableSpace() < ROOM;
    } catch (IOException e) {
      return false;
    }
  }

  /** What is wrong. */
  public ArchiveDefect defect() {
    return defect;
  }
}
