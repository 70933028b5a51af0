package govcloud.ledger.leaf;

import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What happened: values that everybody may read, and commitments to the others.
 *
 * @param time when it was recorded, in milliseconds since 1970
 * @param id of the exchange or the deed, 32 hexadecimal digits
 * @param open values in plain text, by their names; never about a person
 * @param closed commitments, by the names of their fields
 */
public record Entry(
    long time, String id, SortedMap<String, String> open, SortedMap<String, Hash> closed)
    implements Leaf {
  static final int KIND = 1;

  private static final int ID = 16;
  private static final int MOST_FIELDS = 255;
  private static final Pattern FORM_OF_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
  private static final String A_NAME = "a name " + NAME;
  private static final Pattern VALUE = Pattern.compile("[ -~]{0,255}");

  /** Numbers of people that must not get into a ledger: of identity cards and mobile telephones. */
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(?<![0-9A-Za-z])([1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
              + "[0-9]{3}[0-9Xx]|1[3-9][0-9]{9})(?![0-9A-Za-z])");

  private static final int FEWEST_DIGITS = 11;

  /**
   * Refuses what the format cannot hold or a ledger must not.
   *
   * @throws IllegalArgumentException with the name of the field, and never with its value
   */
  public Entry {
    open = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(open));
    closed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(closed));
    expect(time >= 0, "time", "milliseconds since 1970");
    expect(FORM_OF_ID.matcher(id).matches(), "id", "32 hexadecimal digits");
    expect(open.size() <= MOST_FIELDS && closed.size() <= MOST_FIELDS, "fields", "<= 255");
    for (Map.Entry<String, String> field : open.entrySet()) {
      String name = field.getKey();
      expect(NAME.matcher(name).matches(), name, A_NAME);
      expect(VALUE.matcher(field.getValue()).matches(), name, "<= 255 printable ASCII characters");
      expect(!isPersonal(field.getValue()), name, "no number of a person, commit to it");
      expect(!closed.containsKey(name), name, "open or closed, and not both");
    }
    for (String name : closed.keySet()) {
      expect(NAME.matcher(name).matches(), name, A_NAME);
    }
  }

  /** Most values have not so many digits as the shortest number of a person. */
  private static boolean isPersonal(String value) {
    return value.chars().filter(one -> one >= '0' && one <= '9').count() >= FEWEST_DIGITS
        && PERSONAL.matcher(value).find();
  }

  private static void expect(boolean condition, String name, String what) {
    if (!condition) {
      throw new IllegalArgumentException("leaf, " + name + ": (expected: " + what + ")");
    }
  }

  static Entry read(LeafReader reader) throws LedgerException {
    long time = reader.time();
    String id = HexFormat.of().formatHex(reader.bytes(ID));
    SortedMap<String, String> open = new TreeMap<>();
    for (int count = reader.u8(); count > 0; count--) {
      String name = ascending(reader, open);
      open.put(name, reader.text());
    }
    SortedMap<String, Hash> closed = new TreeMap<>();
    for (int count = reader.u8(); count > 0; count--) {
      String name = ascending(reader, closed);
      closed.put(name, Hash.at(reader.bytes(Hash.LENGTH), 0));
    }
    reader.requireEnd();
    try {
      return new Entry(time, id, open, closed);
    } catch (IllegalArgumentException e) {
      throw reader.refused(e.getMessage());
    }
  }

  private static String ascending(LeafReader reader, SortedMap<String, ?> before)
      throws LedgerException {
    String name = reader.text();
    reader.require(
        before.isEmpty() || before.lastKey().compareTo(name) < 0, "names in ascending order");
    return name;
  }

  @Override
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    bytes.write(KIND);
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(time).array());
    bytes.writeBytes(HexFormat.of().parseHex(id));
    bytes.write(open.size());
    open.forEach(
        (name, value) -> {
          text(bytes, name);
          text(bytes, value);
        });
    bytes.write(closed.size());
    closed.forEach(
        (name, commitment) -> {
          text(bytes, name);
          bytes.writeBytes(commitment.toBytes());
        });
    if (bytes.size() > LARGEST) {
      throw new IllegalArgumentException(
          "leaf: " + bytes.size() + " bytes (expected: <= " + LARGEST + ")");
    }
    return bytes.toByteArray();
  }

  private static void text(ByteArrayOutputStream bytes, String text) {
    bytes.write(text.length());
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
