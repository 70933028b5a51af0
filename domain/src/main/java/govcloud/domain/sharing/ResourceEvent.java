package govcloud.domain.sharing;

import java.time.Instant;

/** What may have happened to a data resource. */
public sealed interface ResourceEvent {

  /** When it happened. */
  Instant at();

  /**
   * A version is public.
   *
   * @param version counts from 1
   * @param address hash of the content's canonical bytes
   */
  record Published(int version, DataResource content, String address, Instant at)
      implements ResourceEvent {}

  /** Nobody gets anything new from it. */
  record Withdrawn(String reason, Instant at) implements ResourceEvent {}
}
