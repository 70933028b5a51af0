package govcloud.domain.exchange;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The order of a ledger's entries. There is one after another and never two at one place, on
 * whichever node it is decided: that is all that signed states of it rest on. Nothing is ever taken
 * out.
 */
public final class Ledger implements Aggregate<LedgerCommand, LedgerEvent, LedgerState> {

  /** So many entries are appended at once at most. */
  public static final int MOST_LEAVES = 256;

  /** Bytes of the largest entry. */
  public static final int LARGEST_LEAF = 65_535;

  @Override
  public String type() {
    return "ledger";
  }

  @Override
  public String status(LedgerState state) {
    return state.key().isEmpty() ? "none" : "begun";
  }

  @Override
  public LedgerState initial() {
    return LedgerState.EMPTY;
  }

  @Override
  public Decision<LedgerEvent> decide(LedgerState state, LedgerCommand command, Context context) {
    if (command instanceof LedgerCommand.Append c) {
      return append(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<LedgerEvent> append(
      LedgerState state, LedgerCommand.Append c, Context context) {
    if (!context.actor().role().equals(Actor.PLATFORM)) {
      return refuse("role: " + context.actor().role() + " (expected: " + Actor.PLATFORM + ")");
    }
    if (c.leaves().isEmpty() || c.leaves().size() > MOST_LEAVES) {
      return refuse("entries: " + c.leaves().size() + " (expected: 1 to " + MOST_LEAVES + ")");
    }
    if (c.key().isEmpty()) {
      return refuse("key: none (expected: the one that signs the ledger)");
    }
    if (!state.key().isEmpty() && !state.key().equals(c.key())) {
      return refuse("key: " + c.key() + " (expected: " + state.key() + ", which began it)");
    }
    if (isOfAnotherSite(state, c.siteEpoch())) {
      return refuse(
          "site epoch: "
              + c.siteEpoch()
              + " (expected: "
              + state.siteEpoch()
              + ", in which it began; what it signed last there is not known here)");
    }
    for (String leaf : c.leaves()) {
      if (!isLeaf(leaf)) {
        return refuse("entry: not base 64 of 1 to " + LARGEST_LEAF + " bytes (expected: that)");
      }
    }
    List<LedgerEvent> events = new ArrayList<>();
    if (state.key().isEmpty()) {
      events.add(new LedgerEvent.Begun(c.key(), c.siteEpoch(), context.now()));
    }
    events.add(new LedgerEvent.Appended(state.size(), c.leaves(), context.now()));
    return new Decision.Accepted<>(events);
  }

  /** Whether a ledger began at a site that was given up since: nobody goes on with it. */
  public static boolean isOfAnotherSite(LedgerState state, int siteEpoch) {
    return state.siteEpoch() != 0 && siteEpoch != 0 && state.siteEpoch() != siteEpoch;
  }

  private static boolean isLeaf(String leaf) {
    try {
      int bytes = Base64.getDecoder().decode(leaf).length;
      return bytes >= 1 && bytes <= LARGEST_LEAF;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Decision<LedgerEvent> refuse(String message) {
    return Decision.refuse(ExchangeRefusal.EXCHANGE_LEDGER_REFUSED, message);
  }

  @Override
  public LedgerState evolve(LedgerState state, LedgerEvent event) {
    if (event instanceof LedgerEvent.Begun e) {
      return new LedgerState(e.key(), state.size(), e.siteEpoch());
    } else if (event instanceof LedgerEvent.Appended e) {
      return new LedgerState(state.key(), e.first() + e.leaves().size(), state.siteEpoch());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
