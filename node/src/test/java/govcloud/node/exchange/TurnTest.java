package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.exchange.ExchangeState;
import govcloud.exchange.gate.CitedCase;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Whose provider was away asks again, and is another exchange then. */
class TurnTest {

  private static final LedgerKey KEY =
      new LedgerKey(new NoteSigner("gov.example/exchange", VerifierKey.NOTE, new byte[32]));

  private final Message message =
      new Message(
          "transport",
          "violations",
          new Actor("zhang-san", "window-clerk"),
          "permits",
          "c-1",
          "999999199001010017",
          "person",
          List.of(),
          Map.of(),
          "m-1",
          "nonce",
          "hash",
          Optional.empty(),
          false,
          false,
          Optional.empty());
  private final String first = records("").idOf("transport", "m-1");

  /** The first exchange was refused for this reason; there is no other one. */
  private Records records(String code) {
    Entities entities =
        new Entities() {
          @Override
          public <S> CompletionStage<Answer<S>> ask(String id, Request<?> request) {
            throw new AssertionError(id);
          }

          @Override
          @SuppressWarnings("unchecked")
          public <S> CompletionStage<Answer<S>> read(String id) {
            var state = id.endsWith("/" + first) ? refused(code) : ExchangeState.NONE;
            return CompletableFuture.completedStage(
                new Answer<>((S) state, 1, "recorded", Instant.EPOCH, null, false, "0-1"));
          }
        };
    return new Records(entities, null, KEY, new SecureRandom(), id -> 0);
  }

  private ExchangeState refused(String code) {
    return new ExchangeState(
        Optional.of(
            new ExchangeRecord(
                first,
                "transport",
                "police",
                "violations",
                "traffic-violations",
                "违法",
                "Violations",
                "permits/c-1",
                "zhang-san",
                "window-clerk",
                "999999199001010017",
                List.of(),
                List.of(),
                "年审",
                "《道路运输条例》",
                code,
                "hash",
                "",
                "log",
                17,
                "",
                "",
                false)));
  }

  private boolean asksAnew(Message one, ExchangeRefusal code) {
    var turn = Turn.of(one, records(code.name())).toCompletableFuture().join();
    assertThat(turn.before().isEmpty()).isEqualTo(!turn.id().equals(first));
    return turn.before().isEmpty();
  }

  private Message far() {
    var said = new Message.Far(CitedCase.NONE, "address", Map.of());
    return new Message(
        message.consumer(),
        message.agreement(),
        message.actor(),
        message.app(),
        message.caseId(),
        message.subject(),
        message.subjectKind(),
        message.fields(),
        message.claims(),
        message.id(),
        message.nonce(),
        message.requestHash(),
        Optional.of(said),
        false,
        false,
        Optional.empty());
  }

  @Test
  void providerThatWasAway_isAskedAnew_byAnotherCloudToo_butNotByWhatComesByItself() {
    var away = ExchangeRefusal.EXCHANGE_PROVIDER_AWAY;
    assertThat(asksAnew(message, away)).isTrue();
    assertThat(asksAnew(far(), away)).isTrue();
    assertThat(asksAnew(message.comingByItself(), away)).isFalse();
    assertThat(asksAnew(far(), ExchangeRefusal.EXCHANGE_QUOTA_USED)).isFalse();
  }
}
