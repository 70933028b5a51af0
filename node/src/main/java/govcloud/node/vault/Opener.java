package govcloud.node.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;

/** Opens values whose keys were looked up before. */
public final class Opener {

  /** What became of a value. */
  public enum Outcome {
    /** It was never sealed, or could be opened. */
    READABLE,
    /** The key of the person is destroyed. */
    ERASED,
    /** This cloud has no vault. */
    LOCKED
  }

  /**
   * A value as it may be shown.
   *
   * @param text the value, or the words that stand in its place
   */
  public record Opened(String text, Outcome outcome) {}

  private final Map<String, SubjectKey> keys;
  private final boolean hasVault;

  /**
   * An opener.
   *
   * @param keys by name, of everybody whose values are opened, as far as they are there
   */
  Opener(Map<String, SubjectKey> keys, boolean hasVault) {
    this.keys = Map.copyOf(keys);
    this.hasVault = hasVault;
  }

  /**
   * Opens a value; one that is not sealed is as it is.
   *
   * @param place within the entity, where it was sealed
   */
  public Opened open(String entityId, String place, String text) {
    var found = SealedText.parse(text);
    if (found.isEmpty()) {
      return new Opened(text, Outcome.READABLE);
    }
    var sealed = found.get();
    if (!hasVault) {
      return new Opened(PersonalData.LOCKED, Outcome.LOCKED);
    }
    return Optional.ofNullable(keys.get(sealed.key()))
        .map(key -> open(key, Place.of(entityId, place), sealed))
        .orElseGet(() -> new Opened(PersonalData.ERASED, Outcome.ERASED));
  }

  private static Opened open(SubjectKey key, byte[] place, SealedText sealed) {
    return key.open(place, sealed.sealed())
        .map(text -> new Opened(new String(text, UTF_8), Outcome.READABLE))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "sealed value of "
                        + sealed.subject()
                        + ": not of this place (expected: where it was sealed)"));
  }
}
