package govcloud.domain.casework;

/**
 * An entry in a case's list of materials; the content lies elsewhere.
 *
 * @param required whether the case cannot be decided without it
 * @param received whether the department has it
 */
public record Material(String name, Kind kind, boolean required, boolean received) {

  /** In which form a material is handed in. */
  public enum Kind {
    ORIGINAL,
    COPY,
    ELECTRONIC
  }
}
