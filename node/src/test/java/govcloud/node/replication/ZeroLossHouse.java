package govcloud.node.replication;

import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.contract.AppInstanceFixture;
import govcloud.domain.contract.TenantFixture;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.TenantCommand;
import govcloud.node.app.RunningApps;
import govcloud.node.http.BorderHouse;
import govcloud.node.http.Call;
import govcloud.node.http.ChangeGate;
import govcloud.node.http.Client;
import govcloud.node.http.Commands;
import govcloud.node.http.Endpoint;
import govcloud.node.http.Foundation;
import govcloud.node.replication.ZeroLossSettings.Policy;
import govcloud.node.tenant.ActiveTenants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * A border with departments and apps behind the gate of zero loss: department {@code plain} is
 * continuous, {@code zero} has zero loss; apps are {@code permits}, of its department's class,
 * {@code safe}, of zero loss, and {@code loose}, daily.
 */
final class ZeroLossHouse implements AutoCloseable {

  static final Duration LIMIT = Duration.ofMillis(400);

  final MemoryEntities entities = new MemoryEntities();
  final TestSibling sibling = new TestSibling();
  final ZeroLossMarks marks = new ZeroLossMarks(Clock.systemUTC());
  final BorderHouse border;
  final Client client;

  ZeroLossHouse(Path folder, Policy policy, boolean withSibling) throws IOException {
    this(folder, policy, withSibling, gate -> gate);
  }

  /**
   * The same.
   *
   * @param before puts another gate before it
   */
  ZeroLossHouse(Path folder, Policy policy, boolean withSibling, UnaryOperator<ChangeGate> before)
      throws IOException {
    department("plain", DisasterClass.CONTINUOUS);
    department("zero", DisasterClass.ZERO_LOSS);
    var commands = new Commands(entities);
    border =
        new BorderHouse(
            folder,
            endpoints(commands),
            system -> before.apply(zeroLoss(system, policy, withSibling)));
    client = border.client;
  }

  private ChangeGate zeroLoss(ActorSystem<?> system, Policy policy, boolean withSibling) {
    return new ZeroLoss(
        new DisasterClasses(new ActiveTenants(entities), new RunningApps(entities)),
        new ZeroLossSettings(LIMIT, policy),
        withSibling
            ? Optional.of(new SiblingWatch(system, sibling, LIMIT, Clock.systemUTC()))
            : Optional.empty(),
        marks,
        2);
  }

  private void department(String name, DisasterClass disasterClass) {
    entities.given(
        "tenant/" + name,
        TenantFixture.REGISTER,
        new TenantCommand.ChangeDisasterClass(disasterClass),
        new TenantCommand.Activate());
    app(name + "/permits", Optional.empty());
    app(name + "/safe", Optional.of(DisasterClass.ZERO_LOSS));
    app(name + "/loose", Optional.of(DisasterClass.DAILY));
  }

  private void app(String name, Optional<DisasterClass> disasterClass) {
    entities.given(
        "app/" + name,
        AppInstanceFixture.APPLY,
        new AppInstanceCommand.ChangeDisasterClass(disasterClass));
  }

  private static Map<String, Endpoint> endpoints(Commands commands) {
    return Map.of(
        "suspendTenant",
        call -> commands.change(call, tenant(call), new TenantCommand.Suspend(call.text("reason"))),
        "resumeTenant",
        call -> commands.change(call, tenant(call), new TenantCommand.Resume()),
        "terminateApp",
        call ->
            commands.change(
                call, app(call), new AppInstanceCommand.Terminate(call.text("reason"), "")),
        "upgradeApp",
        call ->
            commands
                .change(call, app(call), new AppInstanceCommand.Terminate("both", ""))
                .thenApply(answer -> Foundation.also(answer, "0-1000")));
  }

  private static String tenant(Call call) {
    return "tenant/" + call.path("tenant");
  }

  private static String app(Call call) {
    return "app/" + call.path("tenant") + "/" + call.path("app");
  }

  @Override
  public void close() {
    border.close();
  }
}
