package govcloud.node.replication;

import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.projection.ConsistencyToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where changes lie at most, of which callers were told that the sibling does not have them yet:
 * who sends such a change again waits for the same receipt as before. The answer that is given
 * again names how far its slice is by now; where more is written than receipts come for, that is
 * ahead of them for as long as this goes on, and the caller would never hear of a change that the
 * sibling has had for long.
 */
final class AwaitedRecords {

  /** More are not remembered; who is forgotten waits longer and loses nothing. */
  private static final int MOST = 10_000;

  private record Change(String request, String key, String version) {}

  private final Map<Change, List<ConsistencyToken>> places =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Change, List<ConsistencyToken>> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What the sibling must have for the answer to a call.
   *
   * @param version that the answer names
   * @param now places that the answer names
   * @param replayed whether an earlier request with the same key had been carried out
   * @return those of the first answer to the same, if it had as many
   */
  synchronized List<ConsistencyToken> places(
      Call call, String version, List<ConsistencyToken> now, boolean replayed) {
    return Optional.of(change(call, version))
        .filter(change -> replayed)
        .map(places::get)
        .filter(before -> slices(before).equals(slices(now)))
        .orElse(now);
  }

  private static List<Integer> slices(List<ConsistencyToken> places) {
    return places.stream().map(ConsistencyToken::slice).toList();
  }

  /** Notes what the sibling did, or did not, have in time for the answer to a call. */
  synchronized void note(Call call, String version, List<ConsistencyToken> of, boolean there) {
    if (there) {
      places.remove(change(call, version));
    } else if (!call.idempotencyKey().isEmpty()) {
      places.putIfAbsent(change(call, version), of);
    }
  }

  private static Change change(Call call, String version) {
    return new Change(Commands.hash(call), call.idempotencyKey(), version);
  }
}
