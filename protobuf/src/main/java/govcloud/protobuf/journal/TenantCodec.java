package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.tenant.Contact;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.Quotas;
import govcloud.domain.tenant.TenantEvent;
import govcloud.protobuf.journal.v1.TenantChange;
import govcloud.protobuf.journal.v1.TenantCommit;
import govcloud.protobuf.journal.v1.TenantContact;
import govcloud.protobuf.journal.v1.TenantPlan;
import govcloud.protobuf.journal.v1.TenantQuotas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Journal form of {@link TenantEvent}. */
public final class TenantCodec extends ProtobufCommitCodec<TenantEvent> {

  /** The codec of {@code tenant/1}. */
  public TenantCodec() {
    super("tenant", 1, TenantEvent.class);
  }

  @Override
  MessageLite write(Commit<TenantEvent> commit) {
    var message = TenantCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = change(event);
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<TenantEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = TenantCommit.parseFrom(payload);
    var events = new ArrayList<TenantEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static TenantChange.Builder change(TenantEvent event) {
    var change = TenantChange.newBuilder();
    if (event instanceof TenantEvent.Registered e) {
      change.setRegistered(registered(e));
    } else if (event instanceof TenantEvent.Activated) {
      change.getActivatedBuilder();
    } else if (event instanceof TenantEvent.Suspended e) {
      change.getSuspendedBuilder().setReason(e.reason());
    } else if (event instanceof TenantEvent.Resumed) {
      change.getResumedBuilder();
    } else if (event instanceof TenantEvent.Closed e) {
      change.getClosedBuilder().setReason(e.reason()).setRetainUntil(timestamp(e.retainUntil()));
    } else if (event instanceof TenantEvent.PlanChanged e) {
      change.getPlanChangedBuilder().setPlan(plan(e.plan())).setQuotas(quotas(e.quotas()));
    } else if (event instanceof TenantEvent.DisasterClassChanged e) {
      change.getDisasterClassChangedBuilder().setDisasterClass(disasterClass(e.disasterClass()));
    } else if (event instanceof TenantEvent.ContactsChanged e) {
      change.getContactsChangedBuilder().addAllContacts(contacts(e.contacts()));
    } else if (event instanceof TenantEvent.Renamed e) {
      change.getRenamedBuilder().setName(text(e.name()));
    } else {
      throw formless(event);
    }
    return change;
  }

  private static TenantChange.Registered registered(TenantEvent.Registered e) {
    return TenantChange.Registered.newBuilder()
        .setName(text(e.name()))
        .setCreditCode(e.creditCode())
        .setDivision(e.division())
        .setDisasterClass(disasterClass(e.disasterClass()))
        .setPlan(plan(e.plan()))
        .setQuotas(quotas(e.quotas()))
        .addAllContacts(contacts(e.contacts()))
        .build();
  }

  private TenantEvent event(TenantChange change, Instant at) {
    return switch (change.getKindCase()) {
      case REGISTERED -> registered(change.getRegistered(), at);
      case ACTIVATED -> new TenantEvent.Activated(at);
      case SUSPENDED -> new TenantEvent.Suspended(change.getSuspended().getReason(), at);
      case RESUMED -> new TenantEvent.Resumed(at);
      case CLOSED ->
          new TenantEvent.Closed(
              change.getClosed().getReason(), instant(change.getClosed().getRetainUntil()), at);
      case PLAN_CHANGED ->
          new TenantEvent.PlanChanged(
              plan(change.getPlanChanged().getPlan()),
              quotas(change.getPlanChanged().getQuotas()),
              at);
      case DISASTER_CLASS_CHANGED ->
          new TenantEvent.DisasterClassChanged(
              disasterClass(change.getDisasterClassChanged().getDisasterClass()), at);
      case CONTACTS_CHANGED ->
          new TenantEvent.ContactsChanged(contacts(change.getContactsChanged()), at);
      case RENAMED -> new TenantEvent.Renamed(text(change.getRenamed().getName()), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private TenantEvent registered(TenantChange.Registered r, Instant at) {
    return new TenantEvent.Registered(
        text(r.getName()),
        r.getCreditCode(),
        r.getDivision(),
        disasterClass(r.getDisasterClass()),
        plan(r.getPlan()),
        quotas(r.getQuotas()),
        r.getContactsList().stream().map(TenantCodec::contact).toList(),
        at);
  }

  private static TenantPlan plan(Plan plan) {
    return switch (plan) {
      case SMALL -> TenantPlan.TENANT_PLAN_SMALL;
      case STANDARD -> TenantPlan.TENANT_PLAN_STANDARD;
      case LARGE -> TenantPlan.TENANT_PLAN_LARGE;
    };
  }

  private Plan plan(TenantPlan plan) {
    return switch (plan) {
      case TENANT_PLAN_SMALL -> Plan.SMALL;
      case TENANT_PLAN_STANDARD -> Plan.STANDARD;
      case TENANT_PLAN_LARGE -> Plan.LARGE;
      case TENANT_PLAN_UNSPECIFIED, UNRECOGNIZED -> throw unknown("plan");
    };
  }

  private static TenantQuotas quotas(Quotas quotas) {
    return TenantQuotas.newBuilder()
        .setAppInstances(quotas.appInstances())
        .setActiveCases(quotas.activeCases())
        .setRequestsPerSecond(quotas.requestsPerSecond())
        .setStoredBytes(quotas.storedBytes())
        .build();
  }

  private static Quotas quotas(TenantQuotas quotas) {
    return new Quotas(
        quotas.getAppInstances(),
        quotas.getActiveCases(),
        quotas.getRequestsPerSecond(),
        quotas.getStoredBytes());
  }

  private static List<TenantContact> contacts(List<Contact> contacts) {
    return contacts.stream()
        .map(
            contact ->
                TenantContact.newBuilder()
                    .setName(contact.name())
                    .setRole(contact.role())
                    .setPhone(contact.phone())
                    .setEmail(contact.email())
                    .build())
        .toList();
  }

  private static List<Contact> contacts(TenantChange.ContactsChanged changed) {
    return changed.getContactsList().stream().map(TenantCodec::contact).toList();
  }

  private static Contact contact(TenantContact c) {
    return new Contact(c.getName(), c.getRole(), c.getPhone(), c.getEmail());
  }
}
