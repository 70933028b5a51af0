package govcloud.exchange.release;

import java.util.Locale;

/** An answer that tells no more than it must. */
public enum PredicateAnswer {
  /** What the consumer says is right. */
  VALID,
  /** It is not. */
  NOT_VALID,
  /** The consumer says nothing, or the provider has no such value. */
  UNKNOWN;

  /** The word in answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
