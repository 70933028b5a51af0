package govcloud.node.correction;

import govcloud.domain.Refusal;
import govcloud.domain.correction.CorrectionCommand;
import govcloud.domain.correction.CorrectionRefusal;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.node.exchange.ExchangeView;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.vault.Opener.Opened;
import govcloud.node.vault.PersonalData;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Requests for corrections of values that an exchange gave out. What the value should be is sealed
 * with the key that the data subject has in the department that answers, before it becomes an
 * event: it is erased with everything else that this department has of that person.
 */
public final class Corrections {

  private static final String PLACE = "value";

  private final PersonalData personal;

  public Corrections(PersonalData personal) {
    this.personal = personal;
  }

  /** The entity of a request. */
  public static String id(ExchangeRecord record, Asker asker, String field) {
    return CorrectionView.id(record.provider(), record.id(), CorrectionView.label(asker), field);
  }

  /**
   * A request for the correction of a value; fails with a problem where none was given out.
   *
   * @param lasting whether it is more than a check
   */
  public CompletionStage<CorrectionCommand> ask(
      ExchangeRecord record,
      Asker asker,
      String field,
      String value,
      String reason,
      boolean lasting) {
    var matter = matter(record, asker, field);
    if (PersonalData.isSealed(value)) {
      throw refused(
          CorrectionRefusal.CORRECTION_TEXT_INVALID,
          "value: begins with \"sealed:\" (expected: a value)");
    }
    return sealed(record, CorrectionView.id(matter), value, lasting)
        .thenApply(text -> new CorrectionCommand.Ask(matter, text, reason));
  }

  private static CorrectionState.Matter matter(ExchangeRecord record, Asker asker, String field) {
    if (record.provider().contains("@")) {
      throw Problem.of(
              BorderCode.NOT_FOUND,
              "correction: of data of "
                  + record.provider()
                  + " (expected: a request in that cloud)")
          .asException();
    }
    if (!record.fields().contains(field) || record.subject().isEmpty()) {
      throw refused(
          CorrectionRefusal.CORRECTION_FIELD_UNKNOWN,
          "field: " + field + " (expected: one of " + record.fields() + " about one person)");
    }
    return new CorrectionState.Matter(
        asker,
        record.id(),
        record.consumer(),
        record.provider(),
        record.resource(),
        record.nameZh(),
        record.nameEn(),
        record.caseId(),
        field,
        ExchangeView.listOf(record.subject()),
        record.index());
  }

  static ProblemException refused(CorrectionRefusal code, String message) {
    return Problem.of(Refusal.of(code, message)).asException();
  }

  private CompletionStage<String> sealed(
      ExchangeRecord record, String entityId, String value, boolean lasting) {
    if (!personal.seals() || value.isBlank()) {
      return CompletableFuture.completedStage(value);
    }
    var provider = record.provider();
    return personal
        .sealer(provider, personal.subject(provider, record.subject()), entityId, lasting)
        .thenApply(sealer -> sealer.seal(PLACE, value));
  }

  /** What the value should be, as it may be shown to the department that answers. */
  CompletionStage<Opened> open(CorrectionState.Matter matter, String value) {
    return personal
        .opener(matter.provider(), Stream.of(value))
        .thenApply(opener -> opener.open(CorrectionView.id(matter), PLACE, value));
  }
}
