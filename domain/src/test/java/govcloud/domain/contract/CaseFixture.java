package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.CaseState;
import govcloud.domain.casework.Material;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A permit that somebody who does not exist has asked for. */
public final class CaseFixture implements AggregateFixture<CaseCommand, CaseEvent, CaseState> {

  /** A time before every walk begins. */
  public static final Instant PAST = Instant.parse("2011-10-11T11:45:40.276Z");

  /** The content of a material. */
  public static final Attachment PLAN =
      new Attachment("ab".repeat(32), "application/pdf", 4_711, "总平面图.pdf");

  /** A good beginning. */
  public static final CaseCommand.Create CREATE = create("{\"complete\":true}", Optional.empty());

  /** A case of the test catalogue with this form. */
  public static CaseCommand.Create create(String form, Optional<Instant> occurredAt) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("org:group", "string:Group 1");
    attributes.put("deadline", "date:2011-12-06T13:41:31.788+01:00");
    return new CaseCommand.Create(
        "harbour",
        "permits",
        TestCatalogue.PERMITS,
        1,
        "999999-202603-000001",
        "Quay crane",
        new Applicant("张三", "person", "identity-card", "999999199001010000"),
        form,
        attributes,
        occurredAt);
  }

  /** An action without anything beside it. */
  public static CaseCommand.TakeAction action(String name) {
    return action(name, "");
  }

  /** An action with a form. */
  public static CaseCommand.TakeAction action(String name, String form) {
    return new CaseCommand.TakeAction(name, form, "", Map.of(), Optional.empty());
  }

  @Override
  public Case aggregate() {
    return new Case(new TestCatalogue(), new TestForms());
  }

  @Override
  public Class<CaseCommand> commandType() {
    return CaseCommand.class;
  }

  @Override
  public Class<CaseEvent> eventType() {
    return CaseEvent.class;
  }

  @Override
  public List<CaseCommand> commands() {
    return List.of(
        CREATE,
        create("{\"complete\":false}", Optional.of(PAST)),
        create("no form", Optional.empty()),
        action("accept"),
        action("accept"),
        action("hear"),
        action("heard"),
        action("prolong", "{\"days\":4}"),
        action("prolong", "{\"days\":400}"),
        action("decide"),
        action("dance"),
        new CaseCommand.TakeAction(
            "hear", "{}", "see the file", Map.of("cost", "float:1.5"), Optional.of(PAST)),
        new CaseCommand.Comment("looks good"),
        new CaseCommand.Comment(" "),
        new CaseCommand.Assign("zhang"),
        new CaseCommand.Assign(""),
        material(Optional.empty()),
        material(Optional.of(PLAN)),
        material(Optional.of(new Attachment("?", "text/plain", 3, "plan.txt"))),
        new CaseCommand.NoteDeviation(
            "T99 dance", "no such activity", Optional.of(PAST), Map.of("a", "string:b")),
        new CaseCommand.Migrate(2),
        new CaseCommand.Migrate(3),
        new CaseCommand.Migrate(9));
  }

  /** A material with or without content. */
  public static CaseCommand material(Optional<Attachment> attachment) {
    return new CaseCommand.RecordMaterial(
        "site plan", Material.Kind.COPY, true, attachment.isPresent(), attachment);
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("wang", Actor.OPERATOR),
        new Actor("li", Actor.IMPORTER),
        Actor.platform(),
        new Actor("zhang", "clerk"),
        new Actor("zhao", "head"),
        new Actor("nobody", "visitor"));
  }

  @Override
  public Set<Class<? extends CaseCommand>> idempotent() {
    return Set.of(
        CaseCommand.Create.class,
        CaseCommand.Assign.class,
        CaseCommand.RecordMaterial.class,
        CaseCommand.Migrate.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of(Case.NONE, "received", "accepted", "examined", "hearing", "decided");
  }
}
