package govcloud.replication.link;

import govcloud.replication.archive.ArchiveName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a dropped file, such as {@code
 * 0001700000000000000_harbour_segments_00017_0000000000000000042.gseg}.
 *
 * @param number grows with every file that a process drops; a gateway may go by it
 * @param cloud that drops it
 * @param file which replica file it is, or is about
 * @param kind what it is
 */
public record DropName(long number, String cloud, ArchiveName file, Kind kind) {
  /** Files that others build on come first: segments, manifests, cuts. */
  static final Comparator<DropName> ORDER =
      Comparator.comparing((DropName name) -> name.file.kind())
          .thenComparingInt(name -> name.file.slice())
          .thenComparingLong(name -> name.file.number())
          .thenComparingLong(DropName::number);

  private static final Pattern FORM =
      Pattern.compile("(\\d{19})_([^_]+)_(.+?\\.g[a-z]{3})(\\..*)?");

  /** What a dropped file is. */
  public enum Kind {
    /** The replica file itself. */
    FILE(""),
    /** The sibling's answer to it, such as a receipt; may be empty. */
    ANSWER(".answer"),
    /** The sibling does not take it; holds a code and a sentence. */
    REFUSED(".refused"),
    /** The sibling asks for it; empty. */
    WANTED(".wanted"),
    /** The sibling has signed for it, and has lost it: it asks for it again; empty. */
    LOST(".lost");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }
  }

  /** The text. */
  public String text() {
    return String.format(
        Locale.ROOT, "%019d_%s_%s%s", number, cloud, file.text().replace('/', '_'), kind.ending);
  }

  /** The name that a text is, if it is one. */
  public static Optional<DropName> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String ending = matcher.group(4) == null ? "" : matcher.group(4);
    Optional<Kind> kind =
        Arrays.stream(Kind.values()).filter(one -> one.ending.equals(ending)).findFirst();
    return kind.flatMap(
            found ->
                ArchiveName.parse(matcher.group(3).replace('_', '/'))
                    .map(file -> of(matcher.group(1), matcher.group(2), file, found)))
        .filter(found -> found.text().equals(text));
  }

  private static DropName of(String number, String cloud, ArchiveName file, Kind kind) {
    return new DropName(Long.parseUnsignedLong(number), cloud, file, kind);
  }

  /** Whether it is or is about this file, in this way. */
  boolean is(ArchiveName name, Kind of) {
    return file.equals(name) && kind == of;
  }
}
