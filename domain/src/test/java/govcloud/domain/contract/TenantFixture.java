package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.Contact;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.Quotas;
import govcloud.domain.tenant.Tenant;
import govcloud.domain.tenant.TenantCommand;
import govcloud.domain.tenant.TenantEvent;
import govcloud.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A transport bureau of a place that does not exist. */
public final class TenantFixture
    implements AggregateFixture<TenantCommand, TenantEvent, TenantState> {

  /** A name in both languages. */
  public static final LocalText NAME = new LocalText("市交通运输局", "Transport Bureau");

  /** A code with the right check character in a division that is not assigned. */
  public static final String CREDIT_CODE = "11999999MB1234567M";

  /** A good registration. */
  public static final TenantCommand.Register REGISTER =
      new TenantCommand.Register(
          NAME,
          CREDIT_CODE,
          "999999",
          DisasterClass.CONTINUOUS,
          Plan.STANDARD,
          Optional.empty(),
          List.of(new Contact("张三", "technical", "+86 571 0000 0000", "zhang@example.org")));

  @Override
  public Tenant aggregate() {
    return new Tenant();
  }

  @Override
  public Class<TenantCommand> commandType() {
    return TenantCommand.class;
  }

  @Override
  public Class<TenantEvent> eventType() {
    return TenantEvent.class;
  }

  @Override
  public List<TenantCommand> commands() {
    return List.of(
        REGISTER,
        new TenantCommand.Register(
            NAME, "X", "1", DisasterClass.DAILY, Plan.LARGE, Optional.empty(), List.of()),
        new TenantCommand.Activate(),
        new TenantCommand.Suspend("invoice unpaid"),
        new TenantCommand.Suspend(" "),
        new TenantCommand.Resume(),
        new TenantCommand.Close("merged with another bureau", Tenant.DEFAULT_RETENTION_DAYS),
        new TenantCommand.Close("merged with another bureau", 0),
        new TenantCommand.ChangePlan(Plan.LARGE, Optional.empty()),
        new TenantCommand.ChangePlan(Plan.SMALL, Optional.of(new Quotas(1, 2, 3, 4))),
        new TenantCommand.ChangePlan(Plan.SMALL, Optional.of(new Quotas(0, 2, 3, 4))),
        new TenantCommand.ChangeDisasterClass(DisasterClass.ZERO_LOSS),
        new TenantCommand.ChangeDisasterClass(DisasterClass.DAILY),
        new TenantCommand.ChangeContacts(List.of(new Contact("李四", "on-call", "", ""))),
        new TenantCommand.ChangeContacts(List.of(new Contact("李四", "on-call", "", "no address"))),
        new TenantCommand.Rename(new LocalText("交通局", "Transport")),
        new TenantCommand.Rename(new LocalText("", "Transport")));
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("wang", Actor.OPERATOR), Actor.platform(), new Actor("zhang", "clerk"));
  }

  @Override
  public Set<Class<? extends TenantCommand>> idempotent() {
    return Set.of(
        TenantCommand.Register.class,
        TenantCommand.Activate.class,
        TenantCommand.Suspend.class,
        TenantCommand.Resume.class,
        TenantCommand.Close.class,
        TenantCommand.ChangePlan.class,
        TenantCommand.ChangeDisasterClass.class,
        TenantCommand.ChangeContacts.class,
        TenantCommand.Rename.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("vacant", "registered", "active", "suspended", "closed");
  }
}
