package govcloud.node.audit;

import govcloud.domain.audit.AuditRecord;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Door;
import govcloud.node.http.Routes;
import govcloud.node.http.Witness;
import govcloud.node.operation.ApprovedWork;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The audit trail: its witness at the border, and what auditors may ask of it. */
public final class AuditFeature implements NodeFeature {

  private static final int LIFE_BYTES = 16;

  private final SecureRandom random;
  private final LongSupplier nanoTime;
  private final Supplier<EntityHistory> history;
  private final Supplier<Door> door;

  private volatile AuditWitness witness;
  private volatile ApprovedWork keeping;

  /**
   * Nothing seen yet.
   *
   * @param nanoTime a clock in nanoseconds that only goes forward
   * @param history asked once, after all features have started
   * @param door asked with every request to a page
   */
  public AuditFeature(
      SecureRandom random,
      LongSupplier nanoTime,
      Supplier<EntityHistory> history,
      Supplier<Door> door) {
    this.random = random;
    this.nanoTime = nanoTime;
    this.history = history;
    this.door = door;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var system = context.system();
    var desk =
        new AuditDesk(
            system,
            context.entities(),
            history.get(),
            AuditSettings.from(system.settings().config()),
            door,
            context.clock(),
            nanoTime,
            life());
    keeping = desk.keeping();
    witness = desk.open(routes);
  }

  private String life() {
    var bytes = new byte[LIFE_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Sees every request at the border.
   *
   * @throws IllegalStateException before the routes are there
   */
  public Witness witness() {
    return there();
  }

  /** What is done when two auditors have signed that the trail is kept for longer. */
  public ApprovedWork keeping() {
    there();
    return keeping;
  }

  /**
   * Writes down an alarm that no request has raised.
   *
   * @param object what it is about
   * @throws IllegalStateException before the routes are there
   */
  public void raise(Alarm alarm, String object) {
    there().raise(alarm, object);
  }

  /**
   * Writes down what was done by another way than a request of the API; completes when it is in the
   * journal.
   *
   * @throws IllegalStateException before the routes are there
   */
  public CompletionStage<Void> write(AuditRecord record) {
    return there().write(record);
  }

  private AuditWitness there() {
    if (witness == null) {
      throw new IllegalStateException("witness: not there (expected: routes made before)");
    }
    return witness;
  }
}
