package govcloud.node.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Seals values of one person in one entity. */
public final class Sealer {

  private final String entityId;
  private final String subject;
  private final SubjectKey key;

  Sealer(String entityId, String subject, SubjectKey key) {
    this.entityId = entityId;
    this.subject = subject;
    this.key = key;
  }

  /**
   * The sealed form of a value, as text; the same for the same value at the same place.
   *
   * @param place within the entity, such as {@code form/contact_name}
   */
  public String seal(String place, String text) {
    var sealed = key.seal(Place.of(entityId, place), text.getBytes(UTF_8));
    return SealedText.of(subject, key, sealed).text();
  }
}
