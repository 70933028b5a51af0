package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import govcloud.domain.subject.LegalBasis;
import govcloud.domain.subject.Subject;
import govcloud.domain.subject.SubjectCommand;
import govcloud.domain.subject.SubjectEvent;
import govcloud.domain.subject.SubjectState;
import java.util.List;
import java.util.Set;

/** Data of an applicant, which a court wants kept and the applicant wants erased. */
public final class SubjectFixture
    implements AggregateFixture<SubjectCommand, SubjectEvent, SubjectState> {

  @Override
  public Subject aggregate() {
    return new Subject();
  }

  @Override
  public Class<SubjectCommand> commandType() {
    return SubjectCommand.class;
  }

  @Override
  public Class<SubjectEvent> eventType() {
    return SubjectEvent.class;
  }

  @Override
  public List<SubjectCommand> commands() {
    return List.of(
        new SubjectCommand.Hold("court-14", "（2026）民初14号"),
        new SubjectCommand.Hold("court-14", "another reason"),
        new SubjectCommand.Hold(" ", "no name"),
        new SubjectCommand.Hold("court-15", ""),
        new SubjectCommand.Release("court-14"),
        new SubjectCommand.Release("court-99"),
        new SubjectCommand.Erase("0a1b", LegalBasis.CONSENT_WITHDRAWN, "erasure-1"),
        new SubjectCommand.Erase("2c3d", LegalBasis.RETENTION_ENDED, "erasure-2"),
        new SubjectCommand.Erase("", LegalBasis.OTHER_LAW, "erasure-3"));
  }

  @Override
  public List<Actor> actors() {
    return List.of(new Actor("sun", Roles.SECURITY), new Actor("li", Actor.OPERATOR));
  }

  @Override
  public Set<Class<? extends SubjectCommand>> idempotent() {
    return Set.of(SubjectCommand.Hold.class, SubjectCommand.Erase.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("free", "held", "erased");
  }
}
