package govcloud.domain.tenant;

import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A department as it is now.
 *
 * @param reason why it is suspended or closed, otherwise an empty string
 * @param retainUntil until when its data is kept, once it is closed
 * @param suspendedAt when it was last suspended or closed; its people's sessions of before are over
 * @param createdAt when it was registered; empty while vacant
 * @param updatedAt when it last changed; empty while vacant
 */
public record TenantState(
    Status status,
    LocalText name,
    String creditCode,
    String division,
    DisasterClass disasterClass,
    Plan plan,
    Quotas quotas,
    List<Contact> contacts,
    String reason,
    Optional<Instant> retainUntil,
    Optional<Instant> suspendedAt,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt) {

  /** Where a department is in its life. */
  public enum Status {
    VACANT,
    REGISTERED,
    ACTIVE,
    SUSPENDED,
    CLOSED
  }

  /** Nothing has been registered. */
  public static final TenantState VACANT =
      new TenantState(
          Status.VACANT,
          new LocalText("", ""),
          "",
          "",
          DisasterClass.CONTINUOUS,
          Plan.SMALL,
          Quotas.NONE,
          List.of(),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public TenantState {
    contacts = List.copyOf(contacts);
  }

  /** Whether its people may come in. */
  public boolean letsIn() {
    return status != Status.SUSPENDED && status != Status.CLOSED;
  }

  /** Whether a session that began at a time is still one, as far as the department goes. */
  public boolean keepsSessionOf(Instant startedAt) {
    return letsIn() && suspendedAt.filter(at -> !startedAt.isAfter(at)).isEmpty();
  }

  /** Whether registering again would bring nothing new. */
  boolean isAsIn(TenantEvent.Registered e) {
    return name.equals(e.name())
        && creditCode.equals(e.creditCode())
        && division.equals(e.division())
        && disasterClass == e.disasterClass()
        && plan == e.plan()
        && quotas.equals(e.quotas())
        && contacts.equals(e.contacts());
  }

  /** The department after {@code event}; accepts every event in every state. */
  TenantState after(TenantEvent event) {
    if (event instanceof TenantEvent.Registered e) {
      return registered(e);
    } else if (event instanceof TenantEvent.Activated) {
      return to(Status.ACTIVE, "", retainUntil, event.at());
    } else if (event instanceof TenantEvent.Suspended e) {
      return to(Status.SUSPENDED, e.reason(), retainUntil, e.at());
    } else if (event instanceof TenantEvent.Resumed) {
      return to(Status.ACTIVE, "", retainUntil, event.at());
    } else if (event instanceof TenantEvent.Closed e) {
      return to(Status.CLOSED, e.reason(), Optional.of(e.retainUntil()), e.at());
    } else if (event instanceof TenantEvent.PlanChanged e) {
      return holding(name, disasterClass, e.plan(), e.quotas(), contacts, e.at());
    } else if (event instanceof TenantEvent.DisasterClassChanged e) {
      return holding(name, e.disasterClass(), plan, quotas, contacts, e.at());
    } else if (event instanceof TenantEvent.ContactsChanged e) {
      return holding(name, disasterClass, plan, quotas, e.contacts(), e.at());
    } else if (event instanceof TenantEvent.Renamed e) {
      return holding(e.name(), disasterClass, plan, quotas, contacts, e.at());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private static TenantState registered(TenantEvent.Registered e) {
    return new TenantState(
        Status.REGISTERED,
        e.name(),
        e.creditCode(),
        e.division(),
        e.disasterClass(),
        e.plan(),
        e.quotas(),
        e.contacts(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.of(e.at()),
        Optional.of(e.at()));
  }

  private TenantState to(Status next, String why, Optional<Instant> retain, Instant at) {
    return new TenantState(
        next,
        name,
        creditCode,
        division,
        disasterClass,
        plan,
        quotas,
        contacts,
        why,
        retain,
        next == Status.ACTIVE ? suspendedAt : Optional.of(at),
        createdAt,
        Optional.of(at));
  }

  private TenantState holding(
      LocalText newName,
      DisasterClass newClass,
      Plan newPlan,
      Quotas newQuotas,
      List<Contact> newContacts,
      Instant at) {
    return new TenantState(
        status,
        newName,
        creditCode,
        division,
        newClass,
        newPlan,
        newQuotas,
        newContacts,
        reason,
        retainUntil,
        suspendedAt,
        createdAt,
        Optional.of(at));
  }
}
