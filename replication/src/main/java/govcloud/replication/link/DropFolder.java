package govcloud.replication.link;

import com.google.protobuf.ByteString;
import govcloud.replication.blob.BlobSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A folder from which a gateway takes files, or into which it puts them. For several threads and
 * processes; a file that is not there any more has been taken by another.
 */
public interface DropFolder {

  /** Puts a file; it appears whole, and when this returns it survives a power cut. */
  void put(String name, ByteString file) throws IOException;

  /** The names of the files, ascending; those that are being written are not among them. */
  List<String> list() throws IOException;

  /** A file, if it is there; of one that is too large only so much that this can be seen. */
  Optional<byte[]> read(String name) throws IOException;

  /** Puts a large file the same way; it is never whole in memory. */
  void put(String name, BlobSource source) throws IOException;

  /** A large file, if it is there; it is never whole in memory. */
  Optional<BlobSource> open(String name) throws IOException;

  /** Removes a file, if it is there. */
  void delete(String name) throws IOException;

  /** Moves a file to where people look at it, with the reason beside it. */
  void setAside(String name, String reason) throws IOException;
}
