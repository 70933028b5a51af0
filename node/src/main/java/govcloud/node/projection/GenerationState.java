package govcloud.node.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which generations of a view there are.
 *
 * @param serving the one that lists are read from
 * @param building the one that is to be served when it has caught up
 * @param dropping the one whose tables are emptied
 * @param last the highest number that was ever used
 * @param operation identifier of the operation of the last rebuild, or an empty string
 * @param changedAt when one of these last changed
 */
public record GenerationState(
    String view,
    int serving,
    Optional<Integer> building,
    Optional<Integer> dropping,
    int last,
    String operation,
    Instant changedAt) {

  /** A view that has never been built again. */
  public static GenerationState first(String view) {
    return new GenerationState(
        view,
        Generation.FIRST,
        Optional.empty(),
        Optional.empty(),
        Generation.FIRST,
        "",
        Instant.EPOCH);
  }

  /** Whether nothing is under way, so that a rebuild may begin. */
  public boolean settled() {
    return building.isEmpty() && dropping.isEmpty();
  }

  /** The generations to keep up; the one that is dropped as long as somebody may still read it. */
  List<Integer> followed(boolean keepDropping) {
    List<Integer> numbers = new ArrayList<>(List.of(serving));
    building.ifPresent(numbers::add);
    if (keepDropping) {
      dropping.ifPresent(numbers::add);
    }
    return numbers;
  }

  GenerationState begun(String by, Instant now) {
    return new GenerationState(
        view, serving, Optional.of(last + 1), Optional.empty(), last + 1, by, now);
  }

  GenerationState switched(Instant now) {
    return new GenerationState(
        view, building.orElseThrow(), Optional.empty(), Optional.of(serving), last, operation, now);
  }

  GenerationState abandoned(Instant now) {
    return new GenerationState(view, serving, Optional.empty(), building, last, operation, now);
  }

  GenerationState dropped(Instant now) {
    return new GenerationState(
        view, serving, Optional.empty(), Optional.empty(), last, operation, now);
  }
}
