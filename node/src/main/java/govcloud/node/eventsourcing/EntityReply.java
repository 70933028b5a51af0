package govcloud.node.eventsourcing;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What travels back from an entity. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = EntityReply.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = EntityReply.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = EntityReply.Closed.class, name = "closed"),
  @JsonSubTypes.Type(value = EntityReply.Passed.class, name = "passed")
})
sealed interface EntityReply {

  /** An answer; {@code hybridClock} is the answering node's. */
  record Answered(Answer<?> answer, long hybridClock) implements EntityReply {}

  /** A hybrid clock is closed, by the mark at an offset of the slice's log. */
  record Closed(long offset) implements EntityReply {}

  /** It can not be closed, because the log has gone up to {@code clock}. */
  record Passed(long clock) implements EntityReply {}

  /** No answer: why, the sequence number it is about, and a sentence. */
  record Failed(Why why, long sequence, String message) implements EntityReply {

    /** What those hear whose command had not reached the journal when this happened. */
    Failed later() {
      return why == Why.UNKNOWN ? new Failed(Why.NOT_STORED, sequence, message) : this;
    }
  }

  /** Reasons for not answering. */
  enum Why {
    /** Nothing was stored; asking again is safe. */
    NOT_STORED,
    /** The command may be stored. */
    UNKNOWN,
    /** The history does not hold together. */
    DAMAGED,
    /** The rules themselves failed; nothing was stored. */
    BROKEN,
    /** {@link Closing.Reason#SITE_DRAINED}; nothing was stored. */
    SITE_DRAINED,
    /** {@link Closing.Reason#TENANT_WAITING}; nothing was stored. */
    TENANT_WAITING,
    /** {@link Closing.Reason#TENANT_DAMAGED}; nothing was stored. */
    TENANT_DAMAGED,
    /** {@link Closing.Reason#TENANT_NOT_IN_COPY}; nothing was stored. */
    TENANT_NOT_IN_COPY;

    static Why of(Closing.Reason reason) {
      return switch (reason) {
        case SITE_DRAINED -> SITE_DRAINED;
        case TENANT_WAITING -> TENANT_WAITING;
        case TENANT_DAMAGED -> TENANT_DAMAGED;
        case TENANT_NOT_IN_COPY -> TENANT_NOT_IN_COPY;
      };
    }
  }
}
