package govcloud.node;

import govcloud.domain.operation.DangerousCommand;
import govcloud.node.api.ApiFeature;
import govcloud.node.approval.ApprovalFeature;
import govcloud.node.audit.Alarm;
import govcloud.node.audit.AuditAlarms;
import govcloud.node.audit.AuditFeature;
import govcloud.node.certificate.CertificateFeature;
import govcloud.node.citizen.CitizenFeature;
import govcloud.node.exchange.ExchangeFeature;
import govcloud.node.http.Door;
import govcloud.node.http.Witness;
import govcloud.node.identity.IdentityFeature;
import govcloud.node.metering.RequestMeter;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.readmodel.ReadModelsFeature;
import govcloud.node.replication.ReplicationFeature;
import govcloud.node.supervision.SupervisionFeature;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Everything that a node can do, in the order in which it is started. */
public final class NodeFeatures {

  private final ReadModelsFeature readModels =
      new ReadModelsFeature(
          context -> new AuditAlarms(context.entities(), context.clock()).latest());

  private final ReplicationFeature replication;
  private final ApiFeature api;
  private final ExchangeFeature exchange;
  private final IdentityFeature identity;
  private final AuditFeature audit;
  private final CertificateFeature certificates;
  private final CitizenFeature citizen;
  private final SupervisionFeature supervision;
  private final ApprovalFeature approvals;

  /**
   * Nothing started yet.
   *
   * @param random for secrets
   * @param nanoTime a clock in nanoseconds that only goes forward
   */
  public NodeFeatures(SecureRandom random, LongSupplier nanoTime) {
    replication =
        new ReplicationFeature(
            () -> readModels.readModels().tenants(),
            () -> readModels.readModels().operations(),
            random);
    api = new ApiFeature(readModels::readModels, replication, this::door);
    exchange = new ExchangeFeature(random, this::readSide, replication);
    identity = new IdentityFeature(random, nanoTime, this::accounts, this::emergency);
    audit =
        new AuditFeature(random, nanoTime, () -> readModels.readModels().history(), identity::door);
    replication.trail(audit::write);
    exchange.trail(audit::write);
    citizen = new CitizenFeature(this::citizens, identity::door, exchange::recalls);
    supervision = new SupervisionFeature(this::supervisors, identity::door);
    approvals =
        new ApprovalFeature(
            identity::signing,
            this::works,
            () -> readModels.readModels().operations(),
            identity::door);
    certificates = new CertificateFeature(audit::raise);
  }

  /** All features of the program. */
  public List<NodeFeature> all() {
    return List.of(
        readModels,
        replication,
        api,
        exchange,
        identity,
        citizen,
        supervision,
        audit,
        approvals,
        certificates);
  }

  /** The door of the API; there once the routes are. */
  public Door door() {
    return identity.door();
  }

  /** Sees every request; there once the routes are. */
  public Witness witness() {
    return audit.witness();
  }

  /** Counts the requests of tenants on this node; there once the features have started. */
  public RequestMeter requests() {
    return readModels.readModels().requests();
  }

  private ExchangeFeature.ReadSide readSide() {
    var models = readModels.readModels();
    return new ExchangeFeature.ReadSide(
        models.views(), models.history(), models.exchanges(), models.cases());
  }

  private IdentityFeature.ReadSide accounts() {
    var models = readModels.readModels();
    return new IdentityFeature.ReadSide(models.history(), models.accounts(), models.views());
  }

  private CitizenFeature.ReadSide citizens() {
    var models = readModels.readModels();
    return new CitizenFeature.ReadSide(
        models.views(),
        models.exchanges(),
        models.objections(),
        models.recalls(),
        models.deferrals(),
        models.corrections(),
        models.tenants());
  }

  private SupervisionFeature.ReadSide supervisors() {
    var models = readModels.readModels();
    return new SupervisionFeature.ReadSide(
        models.exchanges(),
        models.agreements(),
        models.recalls(),
        models.deferrals(),
        models.corrections(),
        models.accounts());
  }

  private void emergency(String object) {
    audit.raise(Alarm.EMERGENCY_ACCESS, object);
  }

  private Map<DangerousCommand, ApprovedWork> works() {
    var works = new EnumMap<DangerousCommand, ApprovedWork>(DangerousCommand.class);
    works.put(DangerousCommand.KEEP_AUDIT, audit.keeping());
    works.put(DangerousCommand.ERASE_SUBJECT, api.erasures());
    works.putAll(identity.works());
    works.putAll(replication.works());
    return works;
  }
}
