package govcloud.node.exchange.crossing;

import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;

/** What came from another cloud is not accepted. */
public final class CrossingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** The refusal of a code. */
  public CrossingException(ExchangeRefusal code, String message) {
    super(code.name() + ": " + message);
    this.refusal = Refusal.of(code, message);
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }
}
