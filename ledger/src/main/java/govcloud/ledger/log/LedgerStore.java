package govcloud.ledger.log;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the files of one ledger lie. Names are paths with slashes. */
public interface LedgerStore {

  /** A file, or empty if there is none. */
  Optional<byte[]> read(String name) throws IOException;

  /**
   * Writes files over what may be there. When it returns they are there for good; when it fails, or
   * the machine does, each may be as before, whole, or torn.
   */
  void write(Map<String, byte[]> files) throws IOException;

  /**
   * Puts a file in the place of the one that may be there. When it returns it is there for good;
   * when it fails, or the machine does, the file is the old or the new one, and whole.
   */
  void replace(String name, byte[] content) throws IOException;

  /** Deletes files; after a failure some may still be there. */
  void delete(List<String> names) throws IOException;

  /** The names of all files below {@code tile/}, in ascending order. */
  List<String> tiles() throws IOException;
}
