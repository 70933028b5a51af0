package govcloud.domain.tenant;

import govcloud.domain.catalogue.LocalText;
import java.time.Instant;
import java.util.List;

/** What may have happened to a department. */
public sealed interface TenantEvent {

  /** When it happened. */
  Instant at();

  /** The department is known; see {@link TenantCommand.Register}. */
  record Registered(
      LocalText name,
      String creditCode,
      String division,
      DisasterClass disasterClass,
      Plan plan,
      Quotas quotas,
      List<Contact> contacts,
      Instant at)
      implements TenantEvent {
    public Registered {
      contacts = List.copyOf(contacts);
    }
  }

  /** The department's people may work. */
  record Activated(Instant at) implements TenantEvent {}

  /** The department's people may not work until it is resumed. */
  record Suspended(String reason, Instant at) implements TenantEvent {}

  /** The suspension is over. */
  record Resumed(Instant at) implements TenantEvent {}

  /** The rent has ended. */
  record Closed(String reason, Instant retainUntil, Instant at) implements TenantEvent {}

  /** Another plan or other quotas hold from now on. */
  record PlanChanged(Plan plan, Quotas quotas, Instant at) implements TenantEvent {}

  /** Another disaster class holds from now on. */
  record DisasterClassChanged(DisasterClass disasterClass, Instant at) implements TenantEvent {}

  /** The list of contacts was replaced. */
  record ContactsChanged(List<Contact> contacts, Instant at) implements TenantEvent {
    public ContactsChanged {
      contacts = List.copyOf(contacts);
    }
  }

  /** The department has another name. */
  record Renamed(LocalText name, Instant at) implements TenantEvent {}
}
