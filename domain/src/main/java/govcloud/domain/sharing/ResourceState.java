package govcloud.domain.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A data resource as it is now.
 *
 * @param versions all that were published, the oldest first
 * @param reason why it was withdrawn, otherwise an empty string
 */
public record ResourceState(Status status, List<Version> versions, String reason) {

  /** Nothing has been published. */
  public static final ResourceState VACANT = new ResourceState(Status.VACANT, List.of(), "");

  public ResourceState {
    versions = List.copyOf(versions);
  }

  /** Where a resource is in its life. */
  public enum Status {
    VACANT,
    PUBLISHED,
    WITHDRAWN
  }

  /** A published version. */
  public record Version(int number, DataResource content, String address, Instant publishedAt) {}

  /** The newest version; none while vacant. */
  public Optional<Version> newest() {
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
  }

  /** A version by its number. */
  public Optional<Version> version(int number) {
    return versions.stream().filter(version -> version.number() == number).findFirst();
  }

  /** The resource after {@code event}; accepts every event in every state. */
  ResourceState after(ResourceEvent event) {
    if (event instanceof ResourceEvent.Published e) {
      var more = new ArrayList<>(versions);
      more.add(new Version(e.version(), e.content(), e.address(), e.at()));
      return new ResourceState(Status.PUBLISHED, more, "");
    } else if (event instanceof ResourceEvent.Withdrawn e) {
      return new ResourceState(Status.WITHDRAWN, versions, e.reason());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
