package govcloud.ledger.log;

import govcloud.ledger.tree.Hash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Entries as they lie in a file: each behind its length as u16 (C2SP tlog-tiles). */
public final class EntryBundle {
  private EntryBundle() {}

  /**
   * Where an entry lies.
   *
   * @param from its first byte, behind the length
   * @param to the byte behind its last one
   */
  public record Place(int from, int to) {}

  /** An entry behind its length. */
  static byte[] framed(byte[] entry) {
    return ByteBuffer.allocate(2 + entry.length).putShort((short) entry.length).put(entry).array();
  }

  /** The places of so many entries, or empty if the file does not hold exactly those. */
  public static Optional<List<Place>> places(byte[] file, int count) {
    List<Place> places = prefix(file, count);
    return places.size() == count && end(file, count) == file.length
        ? Optional.of(places)
        : Optional.empty();
  }

  /** The hashes of so many entries; empty if the file does not hold exactly those. */
  public static byte[] hashes(byte[] file, int count) {
    return hashes(file, places(file, count).orElse(List.of()));
  }

  /** The hashes of the entries at these places. */
  public static byte[] hashes(byte[] file, List<Place> places) {
    byte[] hashes = new byte[places.size() * Hash.LENGTH];
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      Hash.ofLeaf(file, place.from(), place.to() - place.from()).copyTo(hashes, i * Hash.LENGTH);
    }
    return hashes;
  }

  /** Where the first entries end, as far as they are whole. */
  public static int end(byte[] file, int count) {
    List<Place> places = prefix(file, count);
    return places.isEmpty() ? 0 : places.get(places.size() - 1).to();
  }

  /** The places of the first entries, as far as they are whole. */
  static List<Place> prefix(byte[] file, int count) {
    List<Place> places = new ArrayList<>();
    int at = 0;
    while (places.size() < count && at + 2 <= file.length) {
      int from = at + 2;
      int to = from + (((file[at] & 0xff) << 8) | (file[at + 1] & 0xff));
      if (to > file.length) {
        break;
      }
      places.add(new Place(from, to));
      at = to;
    }
    return places;
  }
}
