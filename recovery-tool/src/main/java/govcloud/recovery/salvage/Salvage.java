package govcloud.recovery.salvage;

import java.util.List;
import java.util.OptionalLong;

/**
 * What can still be saved, exactly.
 *
 * @param slices one for each
 * @param wholeCut the last cut that the segments prove and before which nothing is damaged: up to
 *     there the whole cloud can be rebuilt and proved
 * @param tenants that damage touches
 * @param unreadable names of segments that do not even tell whose records they had
 */
public record Salvage(
    List<SavedSlice> slices,
    OptionalLong wholeCut,
    List<TouchedTenant> tenants,
    List<String> unreadable) {

  /** Keeps the lists. */
  public Salvage {
    slices = List.copyOf(slices);
    tenants = List.copyOf(tenants);
    unreadable = List.copyOf(unreadable);
  }

  /** Whether everything that there was can be rebuilt. */
  public boolean isEverything() {
    return slices.stream().allMatch(SavedSlice::isWhole);
  }
}
