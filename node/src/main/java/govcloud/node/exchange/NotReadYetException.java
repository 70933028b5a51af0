package govcloud.node.exchange;

/**
 * A file is still being read through, before anything of it is let out: nothing is recorded yet.
 */
final class NotReadYetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is told of it. */
  NotReadYetException(String detail) {
    super(detail, null, false, false);
  }

  /** A file of which so many bytes are read. */
  static NotReadYetException of(long read, long length) {
    return new NotReadYetException(
        "file: %d of %d bytes read (expected: all of them before the first leaves)"
            .formatted(read, length));
  }
}
