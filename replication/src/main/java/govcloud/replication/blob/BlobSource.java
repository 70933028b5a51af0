package govcloud.replication.blob;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob, as often as a store asks for them. */
public interface BlobSource {

  /** How many there are. */
  long length();

  /** All of them from the beginning; the caller closes the stream. */
  InputStream open() throws IOException;
}
