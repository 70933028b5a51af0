package govcloud.replication.receiving;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hashes of the newest segments, until a manifest asks for them. */
final class RecentHashes extends LinkedHashMap<ArchiveName, ByteString> {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 10_000;

  /** A map for several threads; the oldest entries leave it. */
  Map<ArchiveName, ByteString> map() {
    return Collections.synchronizedMap(this);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<ArchiveName, ByteString> eldest) {
    return size() > MOST;
  }
}
