package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.crossing.CloudLink.Answered;
import govcloud.node.exchange.crossing.CrossingException;
import govcloud.node.exchange.crossing.Head;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.exchange.crossing.TooOftenException;
import govcloud.replication.statement.SigningKey;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrivingBatchTest {
  private static final SigningKey KEY = new SigningKey("harbour", new byte[32]);
  private static final String DRIVER = "999999199001010016";

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "batches");

  @AfterAll
  void stop() {
    system.terminate();
  }

  private static Agreed agreed(Masking numbers) {
    var terms = SharingSamples.with(false, new Field("driver_number", numbers));
    return Agreed.elsewhere(
        "violations", terms, terms.address(), SharingSamples.VIOLATIONS, "harbour");
  }

  private static Answered answer(ObjectNode body) {
    var head = new Head(Head.ANSWER, "harbour", "mountain", "m", "", "", "", "", "", "");
    return new Answered(null, SignedMessage.sign(head, body, KEY));
  }

  private static Answered records(String exchange, String... numbers) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("evidence").put("exchange", exchange);
    var records = body.putArray("records");
    List.of(numbers).forEach(number -> records.addObject().put("driver_number", number));
    return answer(body);
  }

  private static Answered end(long answers) {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("end").put("answers", answers);
    return answer(body);
  }

  private static Answered refusal() {
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("refusal").put("code", "EXCHANGE_QUOTA_USED").put("detail", "too many");
    return answer(body);
  }

  private List<Piece> arrived(Source<Answered, NotUsed> sent, Masking numbers) throws Exception {
    return ArrivingBatch.of(sent, agreed(numbers))
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .get(3, TimeUnit.SECONDS);
  }

  private List<Piece> arrived(Answered... sent) throws Exception {
    return arrived(Source.from(List.of(sent)), Masking.PLAIN);
  }

  private static String code(List<Piece> pieces) {
    return pieces.get(pieces.size() - 1).fault().map(Refusal::code).orElse("");
  }

  @Test
  void batchWithItsEnd_isWhole_andNothingBehindItCounts() throws Exception {
    var one = records("e-1", DRIVER);
    var pieces = arrived(one, records("e-2", DRIVER), end(2), records("e-3", DRIVER));
    assertThat(pieces).extracting(Piece::name).containsExactly("e-1", "e-2");
    assertThat(pieces.get(0).sent()).contains(one);
    assertThat(pieces).allMatch(piece -> piece.fault().isEmpty());
  }

  @Test
  void whomARecordIsAbout_isKnownHere_ifItIsToldAsItIs() throws Exception {
    assertThat(arrived(records("e-1", DRIVER), end(1)))
        .extracting(Piece::subject)
        .containsExactly(DRIVER);
    var sent = Source.from(List.of(records("e-1", "999***********0016"), end(1)));
    assertThat(arrived(sent, Masking.ends(3, 4))).extracting(Piece::subject).containsExactly("");
  }

  @Test
  void batchWithoutItsEnd_doesNotGoOn() throws Exception {
    assertThat(arrived(records("e-1", DRIVER))).hasSize(2);
    assertThat(code(arrived(records("e-1", DRIVER)))).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    assertThat(code(arrived())).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    assertThat(code(broken(new IOException("closed")))).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    assertThat(code(broken(new TimeoutException("silent")))).isEqualTo("EXCHANGE_PROVIDER_AWAY");
    assertThat(code(broken(new TooOftenException(503, "10")))).isEqualTo("EXCHANGE_CLOUD_RATE");
  }

  @Test
  void batchOfWhichSomethingIsWrong_endsThere() throws Exception {
    var wrong = "EXCHANGE_CLOUD_ANSWER_WRONG";
    assertThat(code(arrived(records("e-1", DRIVER), end(2)))).isEqualTo(wrong);
    assertThat(code(arrived(end(0)))).isEqualTo(wrong);
    assertThat(code(arrived(records("", DRIVER), end(1)))).isEqualTo(wrong);
    assertThat(code(arrived(records("e-1", DRIVER, DRIVER), end(1)))).isEqualTo(wrong);
    var unsigned =
        new CrossingException(ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG, "signature: wrong");
    assertThat(code(broken(unsigned))).isEqualTo(wrong);
  }

  private List<Piece> broken(Exception failure) throws Exception {
    var broken =
        Source.from(List.of(records("e-1", DRIVER)))
            .concat(Source.completionStage(CompletableFuture.<Answered>failedFuture(failure)));
    return arrived(broken, Masking.PLAIN);
  }

  @Test
  void refusal_isTheLast_asItWasSigned() throws Exception {
    var pieces = arrived(records("e-1", DRIVER), refusal(), records("e-2", DRIVER));
    assertThat(pieces).hasSize(2);
    assertThat(pieces.get(1).fault()).isEmpty();
    assertThat(pieces.get(1).sent().orElseThrow().answer().text("/refusal/code"))
        .isEqualTo("EXCHANGE_QUOTA_USED");
  }
}
