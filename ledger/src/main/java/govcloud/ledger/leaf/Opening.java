package govcloud.ledger.leaf;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A field of an entry with all that is needed to check it. */
public final class Opening {
  private static final Pattern FILE =
      Pattern.compile(
          """
          govcloud ledger opening v1
          field ([A-Za-z][A-Za-z0-9._-]{0,62})
          key ([A-Za-z0-9+/]{43}=)
          value ([A-Za-z0-9+/=]*)
          """);

  private final String name;
  private final byte[] key;
  private final byte[] value;

  /** An opening; the arrays are this object's from now on. */
  Opening(String name, byte[] key, byte[] value) {
    this.name = name;
    this.key = key;
    this.value = value;
  }

  /** Reads a file of an opening. */
  public static Opening parse(byte[] file, String place) throws LedgerException {
    Matcher text = FILE.matcher(new String(file, StandardCharsets.ISO_8859_1));
    if (!text.matches()) {
      throw malformed(place);
    }
    try {
      Base64.Decoder decoder = Base64.getDecoder();
      Opening opening =
          new Opening(text.group(1), decoder.decode(text.group(2)), decoder.decode(text.group(3)));
      if (!opening.toText().equals(text.group())) {
        throw malformed(place);
      }
      return opening;
    } catch (IllegalArgumentException e) {
      throw malformed(place);
    }
  }

  private static LedgerException malformed(String place) {
    return new LedgerException(
        LedgerDefect.LEDGER_MALFORMED, place, "(expected: a govcloud ledger opening v1)");
  }

  /** The name of the field. */
  public String name() {
    return name;
  }

  /** Its value as it was committed to. */
  public byte[] value() {
    return value.clone();
  }

  /** The file. */
  public String toText() {
    Base64.Encoder encoder = Base64.getEncoder();
    return """
        govcloud ledger opening v1
        field %s
        key %s
        value %s
        """
        .formatted(name, encoder.encodeToString(key), encoder.encodeToString(value));
  }

  /** What the entry must hold for it. */
  public Hash commitment() {
    return FieldKeys.commitment(key, name, value);
  }

  /** Refuses an opening that is not of this entry. */
  public void check(Entry entry, String place) throws LedgerException {
    Hash recorded = entry.closed().get(name);
    if (recorded == null || !recorded.equals(commitment())) {
      String found = recorded == null ? "the entry has no such field" : "another value or key";
      throw new LedgerException(
          LedgerDefect.LEDGER_OPENING_WRONG, place, "field " + name + ": " + found);
    }
  }
}
