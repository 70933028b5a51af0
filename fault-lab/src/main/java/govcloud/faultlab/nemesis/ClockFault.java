package govcloud.faultlab.nemesis;

import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.nemesis.Schedule.Planned;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Moves the time of day of one host, up to ten minutes forward or back. */
final class ClockFault implements Fault {

  private static final int SPAN_SECONDS = 1200;

  private final Cloud cloud;
  private final String host;
  private final int seconds;
  private final ToLongFunction<String> beside;

  /**
   * @param beside how many seconds a host's clock shows beside the true time
   */
  ClockFault(Cloud cloud, Planned planned, ToLongFunction<String> beside) {
    this.cloud = cloud;
    this.host = planned.target();
    int moved = planned.dice() * SPAN_SECONDS / 1000 - SPAN_SECONDS / 2;
    this.seconds = Math.abs(moved) < 60 ? 300 : moved;
    this.beside = beside;
  }

  @Override
  public void inject() {
    cloud.clocks().move(host, seconds);
  }

  @Override
  public Map<String, Long> heal() {
    long felt = Math.abs(beside.applyAsLong(host));
    cloud.clocks().move(host, 0);
    return Map.of("seconds beside", felt);
  }
}
