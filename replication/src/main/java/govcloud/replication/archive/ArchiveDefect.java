package govcloud.replication.archive;

/** Why a store does not do what was asked. */
public enum ArchiveDefect {
  /** Other bytes have the name; nothing was changed. */
  ARCHIVE_CONFLICT("other bytes have this name"),
  /** The store does not work now. */
  ARCHIVE_UNAVAILABLE("the archive store does not work"),
  /** The store has no room left. */
  ARCHIVE_FULL("the archive store is full"),
  /** The bytes are not those that the address names; nothing was kept. */
  ARCHIVE_ADDRESS_WRONG("the bytes are not those of the address"),
  /** What came from a cloud that keeps the archive is not what it says it has. */
  ARCHIVE_BYTES_WRONG("other bytes came than the archive has"),
  /** The cloud that keeps the archive does not let this caller read. */
  ARCHIVE_REFUSED("the cloud that keeps the archive does not let the tool read"),
  /** The file is larger than what is accepted. */
  ARCHIVE_TOO_LARGE("the file is too large");

  private final String meaning;

  ArchiveDefect(String meaning) {
    this.meaning = meaning;
  }

  /** A few words. */
  public String meaning() {
    return meaning;
  }
}
