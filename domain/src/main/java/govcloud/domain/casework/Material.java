package govcloud.domain.casework;

import java.util.Optional;

/**
 * An entry in a case's list of materials.
 *
 * @param required whether the case cannot be decided without it
 * @param received whether the department has it
 * @param attachment its content, if it was handed in as a file
 */
public record Material(
    String name, Kind kind, boolean required, boolean received, Optional<Attachment> attachment) {

  /** In which form a material is handed in. */
  public enum Kind {
    ORIGINAL,
    COPY,
    ELECTRONIC
  }
}
