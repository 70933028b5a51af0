package govcloud.node.attachment;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Kinds of files that are told apart by how they begin, with the media types that they have. */
enum MediaKind {
  PDF("255044462d", "application/pdf"),
  PNG("89504e470d0a1a0a", "image/png"),
  JPEG("ffd8ff", "image/jpeg"),
  /** OFD (GB/T 33190), Office Open XML and OpenDocument are ZIP archives; they are not unpacked. */
  ZIP(
      "504b0304",
      "application/ofd",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      "application/vnd.oasis.opendocument.text",
      "application/vnd.oasis.opendocument.spreadsheet"),
  /** What office programs wrote before. */
  COMPOUND(
      "d0cf11e0a1b11ae1",
      "application/msword",
      "application/vnd.ms-excel",
      "application/vnd.ms-powerpoint",
      "application/wps-office.wps"),
  /** Has no mark of its own: it begins like none of the others and has no control characters. */
  TEXT("", "text/plain");

  /** Bytes of the beginning that are looked at. */
  static final int LOOK = 4_096;

  private static final byte TAB = '\t';
  private static final byte NEWLINE = '\n';
  private static final byte FEED = '\f';
  private static final byte RETURN = '\r';
  private static final byte DELETE = 0x7f;

  private final String mark;
  private final String types;

  MediaKind(String mark, String... types) {
    this.mark = mark;
    this.types = String.join(" ", types);
  }

  /** The kind of a media type, if it is known. */
  static Optional<MediaKind> of(String type) {
    return Arrays.stream(values()).filter(kind -> kind.allTypes().contains(type)).findAny();
  }

  /** All known media types, sorted. */
  static List<String> types() {
    var types = new TreeSet<String>();
    Arrays.stream(values()).forEach(kind -> types.addAll(kind.allTypes()));
    return List.copyOf(types);
  }

  /**
   * Whether a file can be of this kind.
   *
   * @param head its first {@link #LOOK} bytes, or all that it has
   */
  boolean fits(byte[] head) {
    return this == TEXT ? isText(head) : begins(head);
  }

  private boolean begins(byte[] head) {
    int length = Math.min(head.length, mark.length() / 2);
    return HexFormat.of().formatHex(head, 0, length).equals(mark);
  }

  private List<String> allTypes() {
    return List.of(types.split(" ", -1));
  }

  private static boolean isText(byte[] head) {
    for (var kind : values()) {
      if (kind != TEXT && kind.begins(head)) {
        return false;
      }
    }
    for (byte one : head) {
      boolean control = (one >= 0 && one < ' ') || one == DELETE;
      if (control && one != TAB && one != NEWLINE && one != FEED && one != RETURN) {
        return false;
      }
    }
    return true;
  }
}
