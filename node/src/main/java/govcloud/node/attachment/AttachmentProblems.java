package govcloud.node.attachment;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers are told when the archive fails; where it lies stays in the log. */
final class AttachmentProblems {

  private static final Logger LOG = LoggerFactory.getLogger(AttachmentProblems.class);

  private AttachmentProblems() {}

  static Problem of(ArchiveStoreException failure) {
    LOG.error("attachments: {}", failure.getMessage());
    if (failure.defect() == ArchiveDefect.ARCHIVE_FULL) {
      return Problem.of(
              BorderCode.ATTACHMENTS_FULL, "the archive has no room left; nothing was kept")
          .header("Retry-After", "60");
    }
    if (failure.defect() == ArchiveDefect.ARCHIVE_CONFLICT) {
      return damaged();
    }
    return unavailable("the archive does not work at the moment");
  }

  static Problem of(KeyException failure) {
    LOG.error("attachments: {}", failure.getMessage());
    return unavailable("the cloud's keys cannot be read at the moment");
  }

  static Problem of(DamagedReplicaException failure) {
    LOG.error("attachments: {}", failure.getMessage());
    return damaged();
  }

  private static Problem damaged() {
    return Problem.of(BorderCode.ATTACHMENT_DAMAGED, "what the archive has is not what was stored");
  }

  static Problem unavailable(String why) {
    return Problem.of(BorderCode.ATTACHMENTS_UNAVAILABLE, why).header("Retry-After", "5");
  }

  static Problem notFound(String address) {
    return Problem.of(
        BorderCode.ATTACHMENT_NOT_FOUND, address + ": no attachment of this department");
  }
}
