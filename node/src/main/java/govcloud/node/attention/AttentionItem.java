package govcloud.node.attention;

import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that an operator has to look at.
 *
 * @param code stable, such as {@code ENTITY_DAMAGED}
 * @param subject what it is about: an entity id, a slice, a view, or a number of things
 * @param detail what is the matter
 * @param action what to do about it
 * @param since from when on, if that is known
 */
public record AttentionItem(
    String code,
    Severity severity,
    String subject,
    LocalText detail,
    LocalText action,
    Optional<Instant> since) {

  AttentionItem(
      AttentionCode code,
      Severity severity,
      String subject,
      LocalText detail,
      LocalText action,
      Optional<Instant> since) {
    this(code.name(), severity, subject, detail, action, since);
  }

  /** How urgent it is. */
  public enum Severity {
    YELLOW,
    RED
  }
}
