package govcloud.node.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.correction.CorrectionCommand;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.node.http.ProblemException;
import govcloud.node.vault.MemoryVault;
import govcloud.node.vault.Opener.Outcome;
import govcloud.node.vault.PersonalData;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The value that somebody proposes, sealed for the department that answers. */
class CorrectionsTest {

  private static final String DRIVER = "999999199001010016";

  private final PersonalData personal = MemoryVault.personal();
  private final Corrections corrections = new Corrections(personal);

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static ExchangeRecord record(String provider, String subject) {
    return new ExchangeRecord(
        "0123456789abcdef0123456789abcdef",
        "transport",
        provider,
        "violations",
        "traffic-violations",
        "机动车交通违法信息",
        "Traffic violations",
        "permits/c-1",
        "zhang-san",
        "window-clerk",
        subject,
        List.of("plate", "points"),
        List.of(),
        "营运车辆年审",
        "《道路运输条例》",
        "",
        "",
        "",
        "log",
        17,
        "",
        "",
        false);
  }

  private CorrectionCommand.Ask ask(ExchangeRecord record, String field, String value) {
    return (CorrectionCommand.Ask)
        now(corrections.ask(record, Asker.CITIZEN, field, value, "过户前", true));
  }

  private static void assertRefused(Runnable asking, String code) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().code()).isEqualTo(code));
  }

  @Test
  void value_asked_isSealedForTheProviderAloneAndErasedWithThePerson() {
    var asked = ask(record("police", DRIVER), "points", "12");
    assertThat(PersonalData.isSealed(asked.value())).isTrue();
    assertThat(asked.toString()).doesNotContain(DRIVER);
    assertThat(ask(record("police", DRIVER), "points", "12")).isEqualTo(asked);
    assertThat(now(corrections.open(asked.matter(), asked.value())).text()).isEqualTo("12");
    var subject = personal.subject("police", DRIVER);
    now(personal.destroy("police", subject, now(personal.keyOf("police", subject)).orElseThrow()));
    assertThat(now(corrections.open(asked.matter(), asked.value())).outcome())
        .isEqualTo(Outcome.ERASED);
  }

  @Test
  void whatWasNotGivenOutHere_orLooksSealed_isRefused() {
    assertRefused(() -> ask(record("police", DRIVER), "colour", "red"), "CORRECTION_FIELD_UNKNOWN");
    assertRefused(() -> ask(record("police", ""), "points", "0"), "CORRECTION_FIELD_UNKNOWN");
    assertRefused(() -> ask(record("police@city", DRIVER), "points", "0"), "NOT_FOUND");
    var sealed = ask(record("police", DRIVER), "points", "12").value();
    assertRefused(() -> ask(record("police", DRIVER), "points", sealed), "CORRECTION_TEXT_INVALID");
  }
}
