package govcloud.node.projection;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items in the order asked for; may be fewer than asked for although more follow
 * @param nextPageToken where the next part begins, or empty at the end
 */
public record Page<R>(List<R> items, Optional<String> nextPageToken) {
  public Page {
    items = List.copyOf(items);
  }

  /** The same part with every item changed by {@code change}. */
  public <T> Page<T> map(Function<? super R, ? extends T> change) {
    return new Page<>(items.stream().<T>map(change).toList(), nextPageToken);
  }
}
