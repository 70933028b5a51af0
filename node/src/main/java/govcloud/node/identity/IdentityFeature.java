package govcloud.node.identity;

import govcloud.domain.operation.DangerousCommand;
import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.account.AccountList;
import govcloud.node.account.AccountTable;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Door;
import govcloud.node.http.HeaderDoor;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.http.Token;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.projection.Views;
import govcloud.node.seen.CassandraSeenMessages;
import govcloud.replication.keys.AccountSecrets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Accounts, sessions, and the door of the API. */
public final class IdentityFeature implements NodeFeature {

  /** What it reads of what others keep. */
  public record ReadSide(EntityHistory history, AccountTable accounts, Views views) {}

  private final SecureRandom random;
  private final LongSupplier nanoTime;
  private final Supplier<ReadSide> readSide;
  private final Consumer<String> emergencyAlarm;

  private volatile Door door;
  private volatile PasskeySigning signing;
  private volatile Map<DangerousCommand, ApprovedWork> works;

  /**
   * Nobody is let in yet.
   *
   * @param random for tokens, codes and salts
   * @param nanoTime a clock in nanoseconds that only goes forward
   * @param readSide asked once, after all features have started
   * @param emergencyAlarm told about each role that somebody gets in an emergency, and about each
   *     security administrator whom two others let in again
   */
  public IdentityFeature(
      SecureRandom random,
      LongSupplier nanoTime,
      Supplier<ReadSide> readSide,
      Consumer<String> emergencyAlarm) {
    this.random = random;
    this.nanoTime = nanoTime;
    this.readSide = readSide;
    this.emergencyAlarm = emergencyAlarm;
  }

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var config = context.system().settings().config();
    var settings = IdentitySettings.from(config);
    var models = readSide.get();
    var lists = new Lists(models.views(), HttpSettings.from(config).consistencyTimeout());
    new AccountList(lists, models.accounts(), context.clock()).register(routes);
    var token = Token.read(HttpSettings.from(config).tokenFile());
    var accounts =
        new Reception(
                context.system(),
                context.entities(),
                models.history(),
                token,
                settings,
                random,
                nanoTime,
                new TotpSecrets(
                    context.archive().map(home -> new AccountSecrets(home.keys(), random))),
                new CassandraSeenMessages(
                    context.cassandra(), context.journal().cassandra().keyspace()),
                models.accounts()::linkedTo,
                models.accounts()::invited,
                models.accounts()::withRole,
                context.clock(),
                context.settings().cloud(),
                emergencyAlarm)
            .open(routes);
    signing = accounts.signing();
    works = accounts.works();
    door =
        settings.mode() == IdentitySettings.Mode.ACCOUNTS ? accounts.door() : new HeaderDoor(token);
  }

  /**
   * The door of the API.
   *
   * @throws IllegalStateException before the routes are there
   */
  public Door door() {
    if (door == null) {
      throw new IllegalStateException("door: not there (expected: routes made before)");
    }
    return door;
  }

  /**
   * What is done when two people have signed it: roles in an emergency, a security administrator
   * who is let in again.
   *
   * @throws IllegalStateException before the routes are there
   */
  public Map<DangerousCommand, ApprovedWork> works() {
    if (works == null) {
      throw new IllegalStateException("works: not there (expected: routes made before)");
    }
    return works;
  }

  /**
   * Lets people sign commands.
   *
   * @throws IllegalStateException before the routes are there
   */
  public PasskeySigning signing() {
    if (signing == null) {
      throw new IllegalStateException("signing: not there (expected: routes made before)");
    }
    return signing;
  }
}
