package govcloud.replication.archive;

/**
 * The way out of an archive, apart from {@link ArchiveStore} so that only who has it can take it.
 */
@FunctionalInterface
public interface Erasure {

  /**
   * Deletes a file; one that is not there is as good as deleted.
   *
   * @throws ArchiveStoreException when the store does not work, or does not let the file go
   */
  void erase(ArchiveName name) throws ArchiveStoreException;
}
