package govcloud.node.projection.parking;

import govcloud.domain.operation.OperationEvent;
import govcloud.node.projection.CommitDecoder;
import govcloud.protobuf.journal.v1.Record;
import java.util.Optional;

/**
 * An operator's wish to take a parked stream in again. It is the opening of an operation that lies
 * in the slice of the stream, so that its own record says when the stream is replayed.
 *
 * @param operation entity id of the operation
 * @param view the view
 * @param entity whose stream it is
 */
public record ReplayRequest(String operation, String view, String entity) {

  /** Kind of the operation. */
  public static final String KIND = "view.replay";

  private static final String PREFIX = "view/";

  /** What the operation says that it is about: {@code view/<view>/<entity id>}. */
  public static String subject(String view, String entity) {
    return PREFIX + view + "/" + entity;
  }

  /** The wish that a record tells of, if it tells of one. */
  static Optional<ReplayRequest> in(Record record, CommitDecoder decoder) {
    if (!record.getEntityType().equals("operation") || record.getSequence() != 1) {
      return Optional.empty();
    }
    try {
      return decoder.decode(record).events().stream()
          .filter(OperationEvent.Opened.class::isInstance)
          .map(OperationEvent.Opened.class::cast)
          .filter(opened -> opened.kind().equals(KIND) && opened.subject().startsWith(PREFIX))
          .map(opened -> parse(record.getEntityId(), opened.subject()))
          .findFirst();
    } catch (RuntimeException e) {
      // A record that cannot be read asks for nothing; the views that need it park it.
      return Optional.empty();
    }
  }

  private static ReplayRequest parse(String operation, String subject) {
    String rest = subject.substring(PREFIX.length());
    int slash = Math.max(0, rest.indexOf('/'));
    return new ReplayRequest(operation, rest.substring(0, slash), rest.substring(slash + 1));
  }
}
