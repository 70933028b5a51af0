package govcloud.node.certificate;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.audit.Alarm;
import govcloud.node.http.Routes;
import govcloud.node.metric.NodeMetrics;
import govcloud.node.tls.NodeTls;
import govcloud.node.tls.TlsSettings;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorSystem;

/** Measures the certificates of this node's doors and raises alarms about them. */
public final class CertificateFeature implements NodeFeature {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final BiConsumer<Alarm, String> alarms;

  /**
   * Nothing seen yet.
   *
   * @param alarms takes an alarm and what it is about; asked after all routes are made
   */
  public CertificateFeature(BiConsumer<Alarm, String> alarms) {
    this.alarms = alarms;
  }

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public void start(NodeContext context) {
    CertificateMetrics.measure(
        NodeMetrics.get(context.system()).meter(), NodeTls.of(context.system()), context.clock());
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var system = context.system();
    var settings = TlsSettings.from(system.settings().config());
    var alarm =
        new CertificateAlarms(
            NodeTls.of(system),
            settings.expiryAlarm(),
            context.settings().name(),
            alarms,
            context.clock());
    system
        .scheduler()
        .scheduleWithFixedDelay(
            INTERVAL, INTERVAL, () -> look(alarm, system), system.executionContext());
  }

  /** The scheduler drops what throws. */
  private static void look(CertificateAlarms alarm, ActorSystem<?> system) {
    try {
      alarm.look();
    } catch (RuntimeException e) {
      system.log().error("certificates could not be looked at", e);
    }
  }
}
