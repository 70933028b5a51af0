package govcloud.domain.tenant;

import govcloud.domain.catalogue.LocalText;
import java.util.List;
import java.util.Optional;

/** What may be asked of a department. */
public sealed interface TenantCommand {

  /**
   * Makes the department known.
   *
   * @param creditCode unified social credit code, 18 characters with check character (GB 32100)
   * @param division administrative division code, six digits (GB/T 2260)
   * @param quotas empty for those of the plan
   */
  record Register(
      LocalText name,
      String creditCode,
      String division,
      DisasterClass disasterClass,
      Plan plan,
      Optional<Quotas> quotas,
      List<Contact> contacts)
      implements TenantCommand {
    public Register {
      contacts = List.copyOf(contacts);
    }
  }

  /** Lets the department's people in. */
  record Activate() implements TenantCommand {}

  /** Keeps the department's people out, without ending the rent. */
  record Suspend(String reason) implements TenantCommand {}

  /** Ends a suspension. */
  record Resume() implements TenantCommand {}

  /**
   * Ends the rent; the data stays for a time.
   *
   * @param retentionDays how long the data is kept from now on, at least one day
   */
  record Close(String reason, int retentionDays) implements TenantCommand {}

  /**
   * Rents more or less.
   *
   * @param quotas empty for those of the plan
   */
  record ChangePlan(Plan plan, Optional<Quotas> quotas) implements TenantCommand {}

  /** Changes how much may be lost with the site. */
  record ChangeDisasterClass(DisasterClass disasterClass) implements TenantCommand {}

  /** Replaces the whole list of contacts. */
  record ChangeContacts(List<Contact> contacts) implements TenantCommand {
    public ChangeContacts {
      contacts = List.copyOf(contacts);
    }
  }

  /** Gives the department another name. */
  record Rename(LocalText name) implements TenantCommand {}
}
