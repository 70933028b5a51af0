package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/**
 * Where replica files are kept for good: each name is written once, whole, and nothing is ever
 * changed or deleted through here (see {@link Erasure}). Safe for several threads and several
 * processes.
 */
public interface ArchiveStore {

  /** How a file came to be there. */
  enum Stored {
    /** By this call. */
    NEW,
    /** The same bytes were there before. */
    ALREADY_THERE
  }

  /**
   * Keeps a file; when this returns it survives a power cut.
   *
   * @throws ArchiveStoreException with {@code ARCHIVE_CONFLICT} when other bytes have the name, or
   *     when the store does not work; whether the file is there is then not known
   */
  Stored put(ArchiveName name, ByteString file) throws ArchiveStoreException;

  /**
   * A file, whole; what this gives survives a power cut, also while another still puts it.
   *
   * @throws ArchiveStoreException when the store does not work, or the file is larger than {@link
   *     ReplicaLimits#FILE}
   */
  Optional<byte[]> read(ArchiveName name) throws ArchiveStoreException;

  /**
   * The names of all files of a kind, ascending; half-written files are not among them.
   *
   * @throws ArchiveStoreException when the store does not work
   */
  List<ArchiveName> list(StatementKind kind) throws ArchiveStoreException;

  /**
   * The file of a kind with the highest number.
   *
   * @param slice of which; 0 where the kind has none
   * @throws ArchiveStoreException when the store does not work
   */
  Optional<ArchiveName> last(StatementKind kind, int slice) throws ArchiveStoreException;
}
