package govcloud.ledger.note;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A text and who signed it (C2SP signed-note).
 *
 * @param text with the newline at its end
 * @param signatures in their order
 */
public record SignedNote(String text, List<Signature> signatures) {
  /** Bytes of the largest note that is read. */
  public static final int LARGEST = 256 << 10;

  /** The most signatures that are read. */
  public static final int MOST_SIGNATURES = 64;

  static final String DASH = "\u2014 ";

  /**
   * A line of a note.
   *
   * @param name of the key
   * @param encoded the id of the key and the signature, in base 64
   * @param from where the line begins in the note
   * @param to where the next line begins
   */
  public record Signature(String name, String encoded, int from, int to) {

    /** Tells keys of one name apart. */
    int id() {
      return ByteBuffer.wrap(decoded()).getInt();
    }

    private byte[] bytes() {
      byte[] all = decoded();
      return Arrays.copyOfRange(all, Integer.BYTES, all.length);
    }

    /** When a witness says that it saw the checkpoint, in seconds since 1970. */
    long seconds() {
      byte[] bytes = bytes();
      return bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong();
    }

    private byte[] decoded() {
      return TextForm.base64(encoded).orElseThrow();
    }

    private boolean isSameKey(Signature other) {
      return name.equals(other.name) && id() == other.id();
    }

    boolean isBy(VerifierKey key) {
      return name.equals(key.name()) && id() == key.id();
    }
  }

  /**
   * Reads a note; nothing is verified.
   *
   * @param name in findings
   */
  public static SignedNote parse(byte[] note, String name) throws LedgerException {
    if (note.length > LARGEST) {
      throw malformed(name, note.length + " bytes (expected: <= " + LARGEST + ")");
    }
    String all =
        TextForm.utf8(note)
            .orElseThrow(() -> malformed(name, "not UTF-8 without control characters"));
    int end = all.lastIndexOf("\n\n");
    if (end < 0 || !all.endsWith("\n") || end + 2 == all.length()) {
      throw malformed(name, "no text, empty line and signatures");
    }
    String text = all.substring(0, end + 1);
    String[] lines = all.substring(end + 2, all.length() - 1).split("\n", -1);
    if (lines.length > MOST_SIGNATURES) {
      throw malformed(name, lines.length + " signatures (expected: <= " + MOST_SIGNATURES + ")");
    }
    List<Signature> signatures = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    int at = text.getBytes(StandardCharsets.UTF_8).length + 1;
    for (String line : lines) {
      Signature signature = signature(line, at, name);
      if (!keys.add(signature.name() + " " + signature.id())) {
        throw malformed(name, "two signatures of " + signature.name());
      }
      signatures.add(signature);
      at = signature.to();
    }
    return new SignedNote(text, List.copyOf(signatures));
  }

  private static Signature signature(String line, int at, String name) throws LedgerException {
    int to = at + line.getBytes(StandardCharsets.UTF_8).length + 1;
    String[] parts = line.split(" ", -1);
    byte[] bytes = parts.length == 3 ? TextForm.base64(parts[2]).orElse(new byte[0]) : new byte[0];
    if (bytes.length < 5 || !line.startsWith(DASH) || !TextForm.isKeyName(parts[1])) {
      throw new LedgerException(
          new Finding(LedgerDefect.LEDGER_MALFORMED, name, at, to, "not a signature line"), null);
    }
    return new Signature(parts[1], parts[2], at, to);
  }

  /**
   * The signature of a key, verified; empty if the key has not signed.
   *
   * @param name in findings
   */
  public Optional<Signature> by(VerifierKey key, String name) throws LedgerException {
    for (Signature signature : signatures) {
      if (signature.isBy(key)) {
        if (!verifies(signature, key)) {
          throw new LedgerException(
              new Finding(
                  LedgerDefect.LEDGER_SIGNATURE_WRONG,
                  name,
                  signature.from(),
                  signature.to(),
                  "of " + key.name()),
              null);
        }
        return Optional.of(signature);
      }
    }
    return Optional.empty();
  }

  private boolean verifies(Signature signature, VerifierKey key) {
    byte[] bytes = signature.bytes();
    if (key.type() == VerifierKey.NOTE) {
      return key.made(bytes, text.getBytes(StandardCharsets.UTF_8));
    }
    long seconds = signature.seconds();
    return seconds > 0
        && key.made(
            Arrays.copyOfRange(bytes, Long.BYTES, bytes.length),
            cosigned(text, seconds).getBytes(StandardCharsets.UTF_8));
  }

  /** What a witness signs. */
  static String cosigned(String text, long seconds) {
    return "cosignature/v1\ntime " + seconds + "\n" + text;
  }

  /** The note again, with signature lines behind it. */
  public SignedNote with(List<String> lines) throws LedgerException {
    return parse((this + String.join("", lines)).getBytes(StandardCharsets.UTF_8), "note");
  }

  /**
   * The note again, with the lines of another one of the same text by keys that are not here, as
   * long as it is one that is read.
   */
  public SignedNote withOthersOf(SignedNote other) throws LedgerException {
    if (!text.equals(other.text)) {
      return this;
    }
    List<String> lines = new ArrayList<>();
    for (Signature one : other.signatures) {
      if (signatures.stream().noneMatch(here -> here.isSameKey(one))) {
        lines.add(DASH + one.name() + " " + one.encoded() + "\n");
      }
    }
    return signatures.size() + lines.size() > MOST_SIGNATURES ? this : with(lines);
  }

  /** A note with one signature. */
  public static String of(String text, NoteSigner signer) {
    return text + "\n" + signer.sign(text);
  }

  /** As it was read. */
  public byte[] toBytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return only(line -> true);
  }

  /** The note with some of its signatures. */
  String only(Predicate<Signature> wanted) {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (Signature signature : signatures) {
      if (wanted.test(signature)) {
        note.append(DASH).append(signature.name()).append(' ').append(signature.encoded());
        note.append('\n');
      }
    }
    return note.toString();
  }

  private static LedgerException malformed(String name, String detail) {
    return new LedgerException(LedgerDefect.LEDGER_MALFORMED, name, detail);
  }
}
