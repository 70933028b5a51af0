package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;

/** A link to a receiver in the same process; may be cut, before or behind the receiver. */
public final class LocalLink implements SiblingLink {
  /** Where the link is cut. */
  public enum Cut {
    NOWHERE,
    BEFORE_ARRIVAL,
    AFTER_ARRIVAL
  }

  private final Receiver receiver;
  private Cut cut = Cut.NOWHERE;
  private int delivered;

  public LocalLink(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Cuts the link, or mends it. */
  public void cut(Cut where) {
    cut = where;
  }

  /** How many files have arrived. */
  public int delivered() {
    return delivered;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    if (cut == Cut.BEFORE_ARRIVAL) {
      throw new LinkException("cut", null);
    }
    ByteString answer = arrive(name, file);
    delivered++;
    if (cut == Cut.AFTER_ARRIVAL) {
      throw new LinkException("cut", null);
    }
    return Optional.of(answer);
  }

  private ByteString arrive(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    try {
      if (name.kind() == StatementKind.SEGMENT) {
        return receiver.segment(name, file.toByteArray());
      }
      receiver.manifest(name, file.toByteArray());
      return ByteString.EMPTY;
    } catch (DamagedReplicaException e) {
      throw new RefusedException(e.finding().defect().name(), e.getMessage());
    } catch (ArchiveStoreException e) {
      throw new LinkException("no archive", e);
    }
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) {
    return Optional.empty();
  }

  @Override
  public int window() {
    return 1;
  }
}
