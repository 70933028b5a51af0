package govcloud.node.projection;

import govcloud.node.projection.parking.ParkedStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How far the read models are, and waiting for them. */
public interface Views {

  /**
   * Waits until a view has seen everything that an answer rests on (read your writes), whichever
   * node gave the answer.
   *
   * @param view name of the view, such as {@code cases}
   * @param consistencyToken {@code <slice>-<position>} as it came with the answer
   * @return true as soon as the view has come this far, false when it has not within {@code
   *     timeout}; fails with IllegalArgumentException on an unknown view or a malformed token
   */
  CompletionStage<Boolean> await(String view, String consistencyToken, Duration timeout);

  /** Every view with how far it lies behind the journal, by name; may be some seconds old. */
  CompletionStage<List<ViewLag>> lags();

  /**
   * How far one view lies behind.
   *
   * @param generation the one of the view that is served
   * @param records journal records that it has not seen yet, of all slices, without parked ones
   * @param seconds age of the oldest of them; 0 when there is none
   * @param failing slices whose projection has failed again and again since it last made progress
   * @param parked streams of entities that it has set aside and goes on without
   */
  record ViewLag(
      Generation generation,
      long records,
      double seconds,
      List<Integer> failing,
      List<ParkedStream> parked) {

    public ViewLag {
      failing = List.copyOf(failing);
      parked = List.copyOf(parked);
    }

    /** Name of the view. */
    public String view() {
      return generation.view();
    }

    /** Records of parked streams that wait for a replay. */
    public long waiting() {
      return parked.stream().mapToLong(ParkedStream::waiting).sum();
    }
  }
}
