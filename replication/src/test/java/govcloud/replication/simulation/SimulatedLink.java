package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process's way to the sibling by requests and answers: loses, delays, doubles, reorders,
 * damages.
 */
final class SimulatedLink implements SiblingLink {
  private static final long TIMEOUT = 60;

  private final World world;
  private final Life life;
  private Optional<ByteString> earlier = Optional.empty();

  SimulatedLink(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    world.step(life);
    world.trace(() -> "deliver " + name);
    if (world.isSiblingAway() || world.strikes(0.02, Fault.FILE_LOST)) {
      throw timedOut();
    }
    if (world.strikes(0.03, Fault.FILE_LATE)) {
      later(name, file);
      throw timedOut();
    }
    if (world.strikes(0.03, Fault.FILE_DOUBLED)) {
      later(name, file);
    }
    world.others(world.between(0, 6));
    ByteString arriving =
        world.strikes(0.02, Fault.FILE_DAMAGED) ? Trouble.damaged(world, file) : file;
    ByteString answer = anyNode().receive(name, arriving);
    world.others(world.between(0, 6));
    if (world.strikes(0.03, Fault.ANSWER_LOST)) {
      throw timedOut();
    }
    life.require();
    return Optional.of(mixedUp(answer));
  }

  private ByteString mixedUp(ByteString answer) {
    if (earlier.isPresent() && !earlier.get().equals(answer) && !answer.isEmpty()) {
      if (world.strikes(0.02, Fault.ANSWER_OF_ANOTHER)) {
        return earlier.get();
      }
    }
    if (!answer.isEmpty()) {
      earlier = Optional.of(answer);
    }
    return answer;
  }

  /** Arrives when nobody waits for it any more, and after files that were sent later. */
  private void later(ArchiveName name, ByteString file) {
    world.time.after(
        world.between(1, 400),
        () -> {
          try {
            anyNode().receive(name, file);
          } catch (LinkException | RefusedException e) {
            world.trace(() -> name + " is late: " + e.getMessage());
          }
        });
  }

  private SiblingNode anyNode() {
    return world.siblingNodes.get(world.random.nextInt(World.NODES));
  }

  private LinkException timedOut() {
    world.others(TIMEOUT);
    life.require();
    return new LinkException("timed out", null);
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) {
    return Optional.empty();
  }

  @Override
  public int window() {
    return 1;
  }

  @Override
  public OptionalLong lastSegment(int slice) throws LinkException {
    world.step(life);
    if (world.isSiblingAway()) {
      throw timedOut();
    }
    world.others(world.between(0, 6));
    long last = anyNode().lastSegment(slice);
    life.require();
    return OptionalLong.of(last);
  }
}
