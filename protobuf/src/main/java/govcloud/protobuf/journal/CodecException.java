package govcloud.protobuf.journal;

/** A payload of the journal that cannot be read; {@link #code()} is stable. */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with a payload. */
  public enum Code {
    /** The bytes are no message of the manifest's schema. */
    PAYLOAD_DAMAGED,
    /** A newer version wrote an event or a value that this one does not know. */
    PAYLOAD_EVENT_UNKNOWN,
    /** No codec is known for the manifest. */
    PAYLOAD_MANIFEST_UNKNOWN
  }

  private final Code code;
  private final String manifest;

  CodecException(Code code, String manifest, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.manifest = manifest;
  }

  /** What is wrong. */
  public Code code() {
    return code;
  }

  /** The manifest of the payload. */
  public String manifest() {
    return manifest;
  }
}
