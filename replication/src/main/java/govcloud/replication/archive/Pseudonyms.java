package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import java.util.Comparator;

/** The order of pseudonyms and other bytes: as unsigned numbers, first byte first. */
final class Pseudonyms {
  static final Comparator<ByteString> ORDER = Pseudonyms::compare;

  private Pseudonyms() {}

  /** As Protobuf's own comparator, without an iterator for each of them. */
  private static int compare(ByteString a, ByteString b) {
    int length = Math.min(a.size(), b.size());
    for (int i = 0; i < length; i++) {
      if (a.byteAt(i) != b.byteAt(i)) {
        return Byte.compareUnsigned(a.byteAt(i), b.byteAt(i));
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
