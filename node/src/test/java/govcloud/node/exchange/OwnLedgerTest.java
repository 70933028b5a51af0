package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.exchange.LedgerState;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A ledger that was restored with its key is not gone on with at the new site. */
class OwnLedgerTest {
  private static final LedgerKey KEY =
      new LedgerKey(new NoteSigner("gov.example/exchange", VerifierKey.NOTE, new byte[32]));

  private record Journal(LedgerState state) implements Entities {

    @Override
    public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
      return CompletableFuture.failedStage(new AssertionError("only read (expected: no command)"));
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S> CompletionStage<Answer<S>> read(String entityId) {
      return CompletableFuture.completedStage(
          new Answer<>((S) state, 1, "begun", Instant.EPOCH, null, false, ""));
    }
  }

  private static boolean isOwn(int began, int now) {
    var journal = new Journal(new LedgerState(KEY.text(), 7, began));
    return new LedgerSite(journal, KEY.at(now)).requireOwn().toCompletableFuture().join();
  }

  @Test
  void ledgerOfTheSiteBefore_isStopped_evenWithAllItsEntries() {
    assertThatThrownBy(() -> isOwn(1, 2))
        .hasMessageContaining("LEDGER_ROLLED_BACK gov.example/exchange")
        .hasMessageContaining("began in site epoch 1, and this is 2");
  }

  @Test
  void ledgerOfThisSite_orOfNoneThatIsKnown_isGoneOnWith() {
    assertThat(isOwn(2, 2)).isTrue();
    assertThat(isOwn(0, 2)).isTrue();
    assertThat(isOwn(2, 0)).isTrue();
  }
}
