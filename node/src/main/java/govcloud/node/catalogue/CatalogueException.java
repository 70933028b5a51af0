package govcloud.node.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** The catalogue cannot be used; tells everything that is wrong with it at once. */
public final class CatalogueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  CatalogueException(List<Mistake> mistakes) {
    super(
        "catalogue: "
            + mistakes.size()
            + (mistakes.size() == 1 ? " mistake\n" : " mistakes\n")
            + mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Every mistake, by file and line. */
  public List<Mistake> mistakes() {
    return mistakes;
  }
}
