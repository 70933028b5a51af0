package govcloud.replication.archive;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** Replica files in runs, apart from {@link ArchiveStore}, whose users want them whole. */
public interface ArchiveRuns {

  /**
   * How many bytes a file has; empty if it is not there.
   *
   * @throws ArchiveStoreException when the store does not work
   */
  OptionalLong length(ArchiveName name) throws ArchiveStoreException;

  /**
   * A run of a file's bytes; the caller closes the stream. What this gives survives a power cut.
   *
   * @param from first byte, below the file's length
   * @param to byte behind the last one, above {@code from}; the run ends with the file at the
   *     latest
   * @throws ArchiveStoreException when the store does not work
   */
  Optional<InputStream> read(ArchiveName name, long from, long to) throws ArchiveStoreException;
}
