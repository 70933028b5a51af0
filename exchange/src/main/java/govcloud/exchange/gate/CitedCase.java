package govcloud.exchange.gate;

import java.util.Set;

/**
 * The case that a query names as its reason, as the case itself says.
 *
 * @param exists whether there is one
 * @param finished whether nothing is done in it any more
 * @param matter name of its app in the catalogue
 * @param state its process state
 * @param assignee the person who handles it; empty: nobody
 * @param parties document numbers of the people and companies that it is about
 */
public record CitedCase(
    boolean exists,
    boolean finished,
    String matter,
    String state,
    String assignee,
    Set<String> parties) {

  /** There is no such case. */
  public static final CitedCase NONE = new CitedCase(false, false, "", "", "", Set.of());

  public CitedCase {
    parties = Set.copyOf(parties);
  }
}
