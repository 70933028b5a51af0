package govcloud.node.exchange.crossing;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Bytes for which nobody waits longer than a limit, from the first ones on; then it fails with a
 * {@link TimeoutException}. The time during which nobody asks for any does not count: whoever reads
 * slowly is not told that the other side is silent.
 */
final class Awaited extends GraphStage<FlowShape<ByteString, ByteString>> {

  private static final String SILENT = "silent";

  private final Duration limit;
  private final Inlet<ByteString> in = Inlet.create("sent");
  private final Outlet<ByteString> out = Outlet.create("awaited");
  private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);

  Awaited(Duration limit) {
    this.limit = limit;
  }

  @Override
  public FlowShape<ByteString, ByteString> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              cancelTimer(SILENT);
              push(out, grab(in));
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              scheduleOnce(SILENT, limit);
              pull(in);
            }
          });
    }

    @Override
    public void onTimer(Object key) {
      failStage(
          new TimeoutException("silent for " + limit.toMillis() + " ms (expected: what follows)"));
    }
  }
}
