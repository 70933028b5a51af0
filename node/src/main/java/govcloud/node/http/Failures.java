package govcloud.node.http;

import com.datastax.oss.driver.api.core.DriverException;
import govcloud.journal.TrimmedLogException;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.projection.PageTokenInvalid;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers are told when something fails. Stack traces go to the log and nowhere else. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static Problem problem(Throwable thrown, String traceId) {
    var failure = cause(thrown);
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof EntityFailure entity) {
      return entity(entity);
    }
    if (failure instanceof PageTokenInvalid) {
      return Problem.of(BorderCode.PAGE_TOKEN_INVALID, failure.getMessage());
    }
    if (failure instanceof TrimmedLogException) {
      return Problem.of(BorderCode.VIEW_HISTORY_TRIMMED, failure.getMessage());
    }
    if (failure instanceof DriverException) {
      LOG.warn("trace {}: Cassandra does not answer: {}", traceId, failure.toString());
      return later(BorderCode.UNAVAILABLE, "the database does not answer at the moment", "5");
    }
    if (failure instanceof EntityStreamSizeException) {
      return Problem.of(BorderCode.BODY_TOO_LARGE, "body: too large (expected: at most 1 MiB)");
    }
    if (failure instanceof EntityStreamException) {
      return Problem.of(BorderCode.REQUEST_MALFORMED, "body: ended early or not as announced");
    }
    if (failure instanceof TimeoutException) {
      return late("GET");
    }
    LOG.error("trace {}: a request has failed", traceId, failure);
    return Problem.of(
        BorderCode.INTERNAL, "the request failed; the log of the node has more under the trace id");
  }

  /** No answer in time: of a change it is not known whether it was made. */
  static Problem late(String method) {
    return method.equals("GET")
        ? later(BorderCode.REQUEST_TIMEOUT, "no answer in time", "1")
        : later(
            BorderCode.OUTCOME_UNKNOWN,
            "no answer in time; send it again with the same Idempotency-Key",
            "1");
  }

  private static Problem entity(EntityFailure failure) {
    if (failure instanceof EntityFailure.OutcomeUnknown) {
      return later(BorderCode.OUTCOME_UNKNOWN, failure.getMessage(), "1")
          .with("entity", failure.entityId());
    }
    if (failure instanceof EntityFailure.Damaged damaged) {
      return Problem.of(BorderCode.ENTITY_DAMAGED, failure.getMessage())
          .with("entity", failure.entityId())
          .with("sequence", damaged.sequence());
    }
    if (failure instanceof EntityFailure.Broken) {
      return Problem.of(BorderCode.ENTITY_BROKEN, failure.getMessage())
          .with("entity", failure.entityId());
    }
    if (failure instanceof EntityFailure.Closed closed) {
      return closed(closed).with("entity", failure.entityId());
    }
    return later(BorderCode.UNAVAILABLE, failure.getMessage(), "1")
        .with("entity", failure.entityId());
  }

  /** Why a site or department is closed, where only an entity of it knows. */
  public static Problem closed(EntityFailure.Closed closed) {
    return switch (closed.reason()) {
      case SITE_DRAINED -> later(BorderCode.SITE_DRAINED, closed.getMessage(), "15");
      case TENANT_WAITING -> later(BorderCode.TENANT_WAITING, closed.getMessage(), "5");
      case TENANT_DAMAGED -> later(BorderCode.TENANT_DAMAGED, closed.getMessage(), "3600");
      case TENANT_NOT_IN_COPY -> Problem.of(BorderCode.TENANT_NOT_IN_COPY, closed.getMessage());
    };
  }

  private static Problem later(BorderCode code, String detail, String seconds) {
    return Problem.of(code, detail).header("Retry-After", seconds);
  }

  /** What went wrong, without what stages wrap around it. */
  public static Throwable cause(Throwable thrown) {
    var failure = thrown;
    while ((failure instanceof CompletionException || failure instanceof ExecutionException)
        && failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }
}
