package govcloud.node.identity;

import govcloud.node.NodeContext;
import govcloud.node.NodeFeature;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Door;
import govcloud.node.http.HeaderDoor;
import govcloud.node.http.HttpSettings;
import govcloud.node.http.Routes;
import govcloud.node.http.Token;
import java.security.SecureRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Accounts, sessions, and the door of the API. */
public final class IdentityFeature implements NodeFeature {

  private final SecureRandom random;
  private final LongSupplier nanoTime;
  private final Supplier<EntityHistory> history;

  private volatile Door door;

  /**
   * Nobody is let in yet.
   *
   * @param random for tokens, codes and salts
   * @param nanoTime a clock in nanoseconds that only goes forward
   * @param history asked once, after all features have started
   */
  public IdentityFeature(
      SecureRandom random, LongSupplier nanoTime, Supplier<EntityHistory> history) {
    this.random = random;
    this.nanoTime = nanoTime;
    this.history = history;
  }

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public void routes(NodeContext context, Routes routes) {
    var config = context.system().settings().config();
    var settings = IdentitySettings.from(config);
    var token = Token.read(HttpSettings.from(config).tokenFile());
    var accounts =
        new Reception(
                context.system(),
                context.entities(),
                history.get(),
                token,
                settings,
                random,
                nanoTime,
                context.clock(),
                context.settings().cloud())
            .open(routes);
    door = settings.mode() == IdentitySettings.Mode.ACCOUNTS ? accounts : new HeaderDoor(token);
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
}
