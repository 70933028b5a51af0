package govcloud.node.projection;

import java.util.Optional;

/**
 * Which part of a list is wanted.
 *
 * @param size at most this many items, 1 to 1000
 * @param token the token that came with the part before, or empty for the first
 */
public record PageRequest(int size, Optional<String> token) {

  /** Items of a page unless asked otherwise. */
  public static final int DEFAULT_SIZE = 50;

  /** Items of a page at most. */
  public static final int MAXIMUM_SIZE = 1000;

  public PageRequest {
    if (size < 1 || size > MAXIMUM_SIZE) {
      throw new IllegalArgumentException(
          "page_size: " + size + " (expected: 1 to " + MAXIMUM_SIZE + ")");
    }
  }

  /** The first page of the usual size. */
  public static PageRequest first() {
    return new PageRequest(DEFAULT_SIZE, Optional.empty());
  }

  /** The first page with this many items. */
  public static PageRequest first(int size) {
    return new PageRequest(size, Optional.empty());
  }

  /** The page that {@code page} names as the next, of the same size. */
  public PageRequest after(Page<?> page) {
    return new PageRequest(size, page.nextPageToken());
  }
}
