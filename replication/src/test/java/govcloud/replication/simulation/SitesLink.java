package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import java.util.Optional;

/** The line of one site to the sibling: it is cut for a while, loses, delays and doubles. */
final class SitesLink implements SiblingLink {
  private static final long TIMEOUT = 40;

  private final Sites world;
  private long cutUntil;

  SitesLink(Sites world) {
    this.world = world;
  }

  /** Nothing passes for so long. */
  void cut(long millis) {
    world.tally.cuts++;
    cutUntil = Math.max(cutUntil, world.time.now() + millis);
  }

  private boolean isCut() {
    return world.troubled() && world.time.now() < cutUntil;
  }

  private void pass() throws LinkException {
    if (isCut() || world.strikes(0.03)) {
      throw lost();
    }
    world.others(world.between(0, 6));
  }

  private LinkException lost() {
    world.tally.lost++;
    world.others(TIMEOUT);
    return new LinkException("no answer", null);
  }

  /** Asks for the card of the cloud as the sibling has it. */
  CloudCard card() throws LinkException {
    pass();
    CloudCard told = world.sibling.card();
    pass();
    return told;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    if (!isCut() && world.strikes(0.08)) {
      later(name, file);
      throw lost();
    }
    pass();
    ByteString receipt = world.sibling.receive(name, file);
    pass();
    return Optional.of(receipt);
  }

  /** It arrives when nobody waits for it, and whatever has happened meanwhile. */
  private void later(ArchiveName name, ByteString file) {
    world.tally.late++;
    world.time.after(
        world.between(1, 700),
        () -> {
          try {
            world.sibling.receive(name, file);
          } catch (LinkException | RefusedException e) {
            world.trace(() -> name + " is late: " + e.getMessage());
          }
        });
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) {
    return Optional.empty();
  }

  @Override
  public int window() {
    return 1;
  }
}
