package govcloud.node.eventsourcing;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import govcloud.domain.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * What an entity says.
 *
 * @param state after the command; of a refused command and of a read, the present one; of a dry run
 *     the one that would be
 * @param version of the state: the number of records of the entity; of a replayed answer the one
 *     that the first request led to
 * @param status the aggregate's word for that version
 * @param at when that version came about; of version 0 when the answer was given
 * @param refusal why nothing was stored, or null
 * @param replayed whether this request had been answered before under the same key
 * @param consistencyToken {@code <slice>-<position>}: a read model that has come this far has seen
 *     everything that this answer rests on
 */
public record Answer<S>(
    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "@type")
        @JsonTypeIdResolver(DomainTypeId.class)
        S state,
    long version,
    String status,
    Instant at,
    Refusal refusal,
    boolean replayed,
    String consistencyToken) {

  /** Whether the command was accepted. */
  public boolean accepted() {
    return refusal == null;
  }

  /** The refusal, if it was one. */
  public Optional<Refusal> refused() {
    return Optional.ofNullable(refusal);
  }

  /** Whether anything has ever happened to the entity. */
  public boolean exists() {
    return version > 0;
  }
}
