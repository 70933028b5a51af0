package govcloud.replication.archive;

/** How much an archive holds; looks at every name, so it may take minutes. */
public interface ArchiveSize {

  /**
   * Bytes of all replica files, receipts included; attachments are not among them.
   *
   * @throws ArchiveStoreException when the store does not work
   */
  long bytes() throws ArchiveStoreException;
}
