package govcloud.node.wire;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSProtocol.SessionBytes;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Lets the bytes of a connection through as long as they have one meaning, as they come and without
 * copying them. At a fault it sends something on that no parser takes, so that the parser behind it
 * gives the answer in its place behind those to earlier requests, and lets nothing more through.
 */
final class RequestGuard extends GraphStage<FlowShape<SslTlsInbound, SslTlsInbound>> {

  /**
   * A NUL is allowed nowhere in a head, nor in the length of a chunk. In the extension of a chunk
   * it is taken, so that there is another line behind it: after the last chunk this is no trailer.
   */
  private static final ByteString UNREADABLE = ByteString.fromString("\0\r\n\0\r\n\r\n");

  private static final String TIMER = "head";

  private final Inlet<SslTlsInbound> in = Inlet.create("RequestGuard.in");
  private final Outlet<SslTlsInbound> out = Outlet.create("RequestGuard.out");
  private final FlowShape<SslTlsInbound, SslTlsInbound> shape = FlowShape.of(in, out);
  private final Duration headTime;
  private final Consumer<HeadFault> fault;

  /**
   * A guard of one connection.
   *
   * @param headTime that a head has from its first byte to its last
   * @param fault told once, before the parser sees anything of it
   */
  RequestGuard(Duration headTime, Consumer<HeadFault> fault) {
    this.headTime = headTime;
    this.fault = fault;
  }

  @Override
  public FlowShape<SslTlsInbound, SslTlsInbound> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    private final RequestBytes requests = new RequestBytes();
    private SessionBytes last;
    private boolean broken;

    /** The number of the head that the timer runs for; -1: it does not run. */
    private long timed = -1;

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              take(grab(in));
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pull(in);
            }
          });
    }

    private void take(SslTlsInbound piece) {
      if (broken) {
        pull(in);
      } else if (piece instanceof SessionBytes session) {
        last = session;
        follow(session);
      } else {
        push(out, piece);
      }
    }

    private void follow(SessionBytes session) {
      var passed = requests.follow(session.bytes().asByteBuffer());
      if (requests.fault() != null) {
        refuse(requests.fault(), session.bytes().take(passed));
        return;
      }
      time();
      push(out, session);
    }

    private void time() {
      if (!requests.isInHead()) {
        if (timed >= 0) {
          cancelTimer(TIMER);
          timed = -1;
        }
      } else if (timed != requests.heads()) {
        timed = requests.heads();
        scheduleOnce(TIMER, headTime);
      }
    }

    @Override
    public void onTimer(Object key) {
      refuse(HeadFault.HEAD_TOO_SLOW, ByteString.emptyByteString());
    }

    private void refuse(HeadFault why, ByteString before) {
      broken = true;
      cancelTimer(TIMER);
      fault.accept(why);
      emit(out, last.copy(last.session(), before.concat(UNREADABLE)), this::drain);
    }

    /** Whoever goes on sending hears nothing of it, and holds up no answer. */
    private void drain() {
      if (!isClosed(in) && !hasBeenPulled(in)) {
        pull(in);
      }
      complete(out);
    }
  }
}
