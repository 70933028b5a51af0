package govcloud.domain.casework;

import govcloud.domain.Decision;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be wrong with an attachment that a command names; empty means nothing. */
final class AttachmentFaults {

  /** Most characters of a file name. */
  static final int LONGEST_FILE_NAME = 200;

  private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,126}");

  private AttachmentFaults() {}

  static Optional<Decision<CaseEvent>> fault(Attachment attachment) {
    if (!ADDRESS.matcher(attachment.address()).matches()) {
      return refused("address: not one (expected: 64 hexadecimal digits)");
    }
    if (!MEDIA_TYPE.matcher(attachment.mediaType()).matches()) {
      return refused("media_type: not one (expected: such as application/pdf)");
    }
    if (attachment.length() < 1) {
      return refused("length: " + attachment.length() + " bytes (expected: >= 1)");
    }
    return fileNameFault(attachment.fileName());
  }

  private static Optional<Decision<CaseEvent>> fileNameFault(String name) {
    if (name.isBlank() || name.length() > LONGEST_FILE_NAME) {
      return refused(
          "file_name: " + name.length() + " characters (expected: 1 to " + LONGEST_FILE_NAME + ")");
    }
    if (name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
      return refused("file_name: " + name + " (expected: a name without a path)");
    }
    // Marks of direction would let "fdp.exe" be read as "exe.pdf".
    if (name.codePoints().anyMatch(AttachmentFaults::isInvisible)) {
      return refused("file_name: has invisible characters (expected: none)");
    }
    return Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? Optional.empty()
        : refused("file_name: " + name + " (expected: in Unicode's normal form NFC)");
  }

  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static Optional<Decision<CaseEvent>> refused(String message) {
    return Optional.of(Decision.refuse(CaseRefusal.CASE_ATTACHMENT_INVALID, message));
  }
}
