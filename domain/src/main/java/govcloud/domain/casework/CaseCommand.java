package govcloud.domain.casework;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What may be asked of a case. {@code form} is the text of a JSON object, or empty; {@code
 * attributes} are typed strings such as {@code string:abc} or {@code
 * date:2011-10-11T13:45:40.276+02:00}, kept in order; {@code occurredAt} is an original time, which
 * only importers and operators may give.
 */
public sealed interface CaseCommand {

  /**
   * Begins a case.
   *
   * @param definition name of the app in the catalogue
   * @param version the definition's version that the case follows
   * @param number the number that people know the case by
   * @param plain what applicant and form say where they are sealed; none: they are not
   */
  record Create(
      String tenant,
      String app,
      String definition,
      int version,
      String number,
      String title,
      Applicant applicant,
      String form,
      Map<String, String> attributes,
      Optional<Instant> occurredAt,
      Optional<Plaintext> plain)
      implements CaseCommand {
    public Create {
      attributes = Attributes.copy(attributes);
    }

    /** Begins a case of which nothing is sealed. */
    public Create(
        String tenant,
        String app,
        String definition,
        int version,
        String number,
        String title,
        Applicant applicant,
        String form,
        Map<String, String> attributes,
        Optional<Instant> occurredAt) {
      this(
          tenant,
          app,
          definition,
          version,
          number,
          title,
          applicant,
          form,
          attributes,
          occurredAt,
          Optional.empty());
    }
  }

  /**
   * Moves the case by an action that its process allows to the actor's role.
   *
   * @param plain what applicant and forms say where they are sealed; none: they are not
   */
  record TakeAction(
      String action,
      String form,
      String comment,
      Map<String, String> attributes,
      Optional<Instant> occurredAt,
      Optional<Plaintext> plain)
      implements CaseCommand {
    public TakeAction {
      attributes = Attributes.copy(attributes);
    }

    /** An action on a case of which nothing is sealed. */
    public TakeAction(
        String action,
        String form,
        String comment,
        Map<String, String> attributes,
        Optional<Instant> occurredAt) {
      this(action, form, comment, attributes, occurredAt, Optional.empty());
    }
  }

  /** Adds a remark. */
  record Comment(String text) implements CaseCommand {}

  /** Gives the case to a person; an empty string takes it from everybody. */
  record Assign(String assignee) implements CaseCommand {}

  /**
   * Adds a material to the list, or changes the one of that name.
   *
   * @param attachment its content; empty leaves the content that is there
   */
  record RecordMaterial(
      String name,
      Material.Kind kind,
      boolean required,
      boolean received,
      Optional<Attachment> attachment)
      implements CaseCommand {}

  /**
   * Keeps an event from outside that the process does not allow, so that it is not lost.
   *
   * @param activity what happened, in the words of its source
   * @param reason why the process does not allow it
   */
  record NoteDeviation(
      String activity, String reason, Optional<Instant> occurredAt, Map<String, String> attributes)
      implements CaseCommand {
    public NoteDeviation {
      attributes = Attributes.copy(attributes);
    }
  }

  /** Lets the case go on by a newer version of its definition. */
  record Migrate(int version) implements CaseCommand {}
}
