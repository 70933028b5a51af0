package govcloud.node.eventsourcing;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import govcloud.domain.Actor;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A command for an entity with everything that is known about who asks and how.
 *
 * @param command one of the aggregate's commands
 * @param actor who asks
 * @param idempotencyKey the caller's key, or an empty string
 * @param requestHash lower-case hexadecimal SHA-256 of the request, or an empty string without key
 * @param expectedVersion the version that the caller has seen, checked before the decision
 * @param dryRun decide and answer, but store nothing
 * @param traceId names the request in logs and as the record's cause, or an empty string
 */
public record Request<C>(
    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "@type")
        @JsonTypeIdResolver(DomainTypeId.class)
        C command,
    Actor actor,
    String idempotencyKey,
    String requestHash,
    OptionalLong expectedVersion,
    boolean dryRun,
    String traceId) {

  public Request {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    Objects.requireNonNull(requestHash, "requestHash");
    Objects.requireNonNull(expectedVersion, "expectedVersion");
    Objects.requireNonNull(traceId, "traceId");
  }

  /** A request with nothing but a command and who asks. */
  public static <C> Request<C> of(C command, Actor actor) {
    return new Request<>(command, actor, "", "", OptionalLong.empty(), false, "");
  }

  /** The same request, safe to repeat under this key. */
  public Request<C> withKey(String key, String hash) {
    return new Request<>(command, actor, key, hash, expectedVersion, dryRun, traceId);
  }

  /** The same request, only for an entity of exactly this version. */
  public Request<C> expecting(long version) {
    return new Request<>(
        command, actor, idempotencyKey, requestHash, OptionalLong.of(version), dryRun, traceId);
  }

  /** The same request, storing nothing when {@code dry}. */
  public Request<C> dryRun(boolean dry) {
    return new Request<>(
        command, actor, idempotencyKey, requestHash, expectedVersion, dry, traceId);
  }

  /** The same request under a trace id. */
  public Request<C> tracedBy(String trace) {
    return new Request<>(
        command, actor, idempotencyKey, requestHash, expectedVersion, dryRun, trace);
  }
}
