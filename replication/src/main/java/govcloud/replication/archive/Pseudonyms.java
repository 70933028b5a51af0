package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import java.util.Comparator;

/** The order of pseudonyms and other bytes: as unsigned numbers, first byte first. */
final class Pseudonyms {
  static final Comparator<ByteString> ORDER = ByteString.unsignedLexicographicalComparator();

  private Pseudonyms() {}
}
