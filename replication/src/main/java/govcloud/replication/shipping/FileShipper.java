package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.util.Optional;

/**
 * Brings the files of a kind that are numbered through, such as manifests, to the sibling in order.
 * Where it goes on is found with the sibling's help: delivering one again changes nothing, and one
 * too far ahead is refused as a gap. Blocks; not for several threads.
 */
public final class FileShipper {
  private final StatementKind kind;
  private final ArchiveStore store;
  private final SiblingLink link;
  private long next;
  private long unanswered;
  private long back = 1;

  /** A shipper of one kind. */
  public FileShipper(StatementKind kind, ArchiveStore store, SiblingLink link) {
    this.kind = kind;
    this.store = store;
    this.link = link;
  }

  /**
   * Delivers one file, or takes one answer.
   *
   * @return the file, with the sibling's answer where there is one; empty where nothing can be done
   *     now
   * @throws LinkException when the sibling did not answer or is not as far: try again later
   * @throws RefusedException when the sibling refuses the file
   */
  public Optional<Delivered> step() throws LinkException, RefusedException, ArchiveStoreException {
    if (next == 0) {
      next = store.last(kind, 0).map(ArchiveName::number).orElse(1L);
      unanswered = next;
    }
    try {
      return unanswered < next ? ask() : deliver();
    } catch (LinkException e) {
      next = unanswered;
      throw e;
    } catch (RefusedException e) {
      return refused(e);
    }
  }

  private Optional<Delivered> ask() throws LinkException, RefusedException, ArchiveStoreException {
    ArchiveName name = new ArchiveName(kind, 0, unanswered);
    Optional<ByteString> answer = link.answer(name);
    if (answer.isPresent()) {
      unanswered++;
      back = 1;
      return Optional.of(new Delivered(name, answer));
    }
    return next - unanswered < link.window() ? deliver() : Optional.empty();
  }

  private Optional<Delivered> deliver()
      throws LinkException, RefusedException, ArchiveStoreException {
    ArchiveName name = new ArchiveName(kind, 0, next);
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Optional<ByteString> answer = link.deliver(name, UnsafeByteOperations.unsafeWrap(file.get()));
    next++;
    if (answer.isPresent()) {
      unanswered = next;
      back = 1;
    }
    return Optional.of(new Delivered(name, answer));
  }

  private Optional<Delivered> refused(RefusedException e)
      throws LinkException, RefusedException, ArchiveStoreException {
    ArchiveName name = new ArchiveName(kind, 0, unanswered);
    next = unanswered;
    long earlier = e.code().equals(ReplicaDefect.REPLICA_GAP.name()) ? earlier() : next;
    if (earlier < next) {
      next = earlier;
      unanswered = next;
      back *= 2;
      return Optional.of(new Delivered(name, Optional.empty()));
    }
    if (e.code().equals(ReplicaDefect.REPLICA_MISSING.name())) {
      throw new LinkException("the sibling is not as far yet: " + e.getMessage(), e);
    }
    throw e;
  }

  /** A number to step back to; {@code next} itself where everything before was deleted. */
  private long earlier() throws ArchiveStoreException {
    long wanted = Math.max(1, next - back);
    return store.read(new ArchiveName(kind, 0, wanted)).isPresent()
        ? wanted
        : store.list(kind).stream().mapToLong(ArchiveName::number).min().orElse(next);
  }

  /** A file that was tried, and what the sibling said to it. */
  public record Delivered(ArchiveName name, Optional<ByteString> answer) {}
}
