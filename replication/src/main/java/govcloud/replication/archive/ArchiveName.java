package govcloud.replication.archive;

import govcloud.replication.statement.StatementKind;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a replica file in its archive. A place has one name, so an archive that never
 * overwrites can hold no second segment of the same number.
 *
 * @param kind what it is
 * @param slice the slice; 0 where the kind has none
 * @param number 1, 2, 3 ...
 */
public record ArchiveName(StatementKind kind, int slice, long number)
    implements Comparable<ArchiveName> {
  /** Slices are below this. */
  public static final int SLICES = 100_000;

  /** As their texts would be sorted. */
  private static final Comparator<ArchiveName> ORDER =
      Comparator.comparing((ArchiveName name) -> folder(name.kind))
          .thenComparingInt(ArchiveName::slice)
          .thenComparingLong(ArchiveName::number)
          .thenComparing(name -> ending(name.kind));

  private static final Pattern SLICED =
      Pattern.compile("(segments|receipts)/(\\d{5})/(\\d{19})\\.(gseg|grcp)");
  private static final Pattern PLAIN =
      Pattern.compile("(manifests|cuts|keys|vault)/(\\d{19})\\.(gman|gcut|gcnt|gkey|gvlt)");

  /** Refuses what has no name. */
  public ArchiveName {
    if (slice < 0 || slice >= SLICES || number < 1) {
      throw new IllegalArgumentException(
          "slice " + slice + ", number " + number + " (expected: below 100000, from 1)");
    }
  }

  /** A segment's name. */
  public static ArchiveName segment(int slice, long number) {
    return new ArchiveName(StatementKind.SEGMENT, slice, number);
  }

  /** A receipt's name. */
  public static ArchiveName receipt(int slice, long number) {
    return new ArchiveName(StatementKind.RECEIPT, slice, number);
  }

  /** A manifest's name. */
  public static ArchiveName manifest(long generation) {
    return new ArchiveName(StatementKind.MANIFEST, 0, generation);
  }

  /** A cut's name. */
  public static ArchiveName cut(long number) {
    return new ArchiveName(StatementKind.CUT, 0, number);
  }

  /** A countersignature's name. */
  public static ArchiveName countersignature(long number) {
    return new ArchiveName(StatementKind.COUNTERSIGNATURE, 0, number);
  }

  /** The name of a copy of the vault. */
  public static ArchiveName vault(long number) {
    return new ArchiveName(StatementKind.VAULT, 0, number);
  }

  /** The text, such as {@code segments/00017/0000000000000000042.gseg}. */
  public String text() {
    return folder(kind, slice) + String.format(Locale.ROOT, "/%019d.", number) + ending(kind);
  }

  /** The name that a text is, if it is one. */
  public static Optional<ArchiveName> parse(String text) {
    Matcher sliced = SLICED.matcher(text);
    Matcher plain = PLAIN.matcher(text);
    try {
      if (sliced.matches()) {
        return of(text, sliced.group(4), Integer.parseInt(sliced.group(2)), sliced.group(3));
      }
      return plain.matches() ? of(text, plain.group(3), 0, plain.group(2)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<ArchiveName> of(String text, String ending, int slice, String number) {
    for (StatementKind kind : StatementKind.values()) {
      if (ending(kind).equals(ending)) {
        ArchiveName name = new ArchiveName(kind, slice, Long.parseLong(number));
        return Optional.of(name).filter(found -> found.text().equals(text));
      }
    }
    return Optional.empty();
  }

  /** The folder that all files of a kind and slice are in. */
  public static String folder(StatementKind kind, int slice) {
    boolean isSliced = kind == StatementKind.SEGMENT || kind == StatementKind.RECEIPT;
    return folder(kind) + (isSliced ? String.format(Locale.ROOT, "/%05d", slice) : "");
  }

  /** The folder that all files of a kind are in. */
  public static String folder(StatementKind kind) {
    return switch (kind) {
      case SEGMENT -> "segments";
      case RECEIPT -> "receipts";
      case MANIFEST -> "manifests";
      case CUT, COUNTERSIGNATURE -> "cuts";
      case KEY -> "keys";
      case VAULT -> "vault";
    };
  }

  private static String ending(StatementKind kind) {
    return switch (kind) {
      case SEGMENT -> "gseg";
      case RECEIPT -> "grcp";
      case MANIFEST -> "gman";
      case CUT -> "gcut";
      case COUNTERSIGNATURE -> "gcnt";
      case KEY -> "gkey";
      case VAULT -> "gvlt";
    };
  }

  @Override
  public int compareTo(ArchiveName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return text();
  }
}
