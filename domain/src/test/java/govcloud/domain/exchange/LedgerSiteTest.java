package govcloud.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A ledger goes on at the site at which it began, and at no other. */
class LedgerSiteTest {
  private static final String KEY = "gov.example/harbour+1+a";

  private final Ledger ledger = new Ledger();

  private Decision<LedgerEvent> append(LedgerState state, int siteEpoch) {
    return ledger.decide(
        state,
        new LedgerCommand.Append(KEY, siteEpoch, List.of("AQIDBA==")),
        new Context(Instant.EPOCH, Actor.platform()));
  }

  private LedgerState after(LedgerState state, int siteEpoch) {
    LedgerState next = state;
    for (LedgerEvent event : ((Decision.Accepted<LedgerEvent>) append(state, siteEpoch)).events()) {
      next = ledger.evolve(next, event);
    }
    return next;
  }

  @Test
  void restoredLedger_appendedToInALaterSiteEpoch_isRefused() {
    LedgerState restored = after(after(LedgerState.EMPTY, 1), 1);
    assertThat(restored).isEqualTo(new LedgerState(KEY, 2, 1));
    assertThat(append(restored, 2))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> {
              assertThat(refused.refusal().code()).isEqualTo("EXCHANGE_LEDGER_REFUSED");
              assertThat(refused.refusal().message()).startsWith("site epoch: 2 (expected: 1,");
            });
    assertThat(append(restored, 1)).isInstanceOf(Decision.Accepted.class);
  }

  /** What began before sites were noted, and copies of another cloud's ledger. */
  @Test
  void ledgerOfNoKnownSite_isGoneOnWith() {
    LedgerState before = after(LedgerState.EMPTY, 0);
    assertThat(before.siteEpoch()).isZero();
    assertThat(after(before, 3)).isEqualTo(new LedgerState(KEY, 2, 0));
  }
}
