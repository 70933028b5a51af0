package govcloud.replication.shipping;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The way to the sibling cloud. Delivering a file again changes nothing. For several threads. */
public interface SiblingLink {

  /**
   * Delivers a file. Blocks as long as that takes.
   *
   * @return what the sibling answers, such as a receipt; empty where the answer comes later, to be
   *     asked for with {@link #answer}
   * @throws LinkException when it is not known to have arrived: try again later
   * @throws RefusedException when the sibling does not take it
   */
  Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException;

  /** The answer to a file that was delivered before, once it is there. */
  Optional<ByteString> answer(ArchiveName name) throws LinkException, RefusedException;

  /** How many files of a slice may be on their way without an answer. */
  int window();

  /**
   * Number of the last segment of a slice that the sibling has, 0 for none; empty where it cannot
   * be asked, as through folders.
   */
  default OptionalLong lastSegment(int slice) throws LinkException, RefusedException {
    return OptionalLong.empty();
  }

  /**
   * What was answered about segments of a slice and lies somewhere is no answer to what is
   * delivered from now on: the sibling has lost since what it signed for.
   */
  default void forgetAnswers(int slice) throws LinkException {}

  /**
   * The segments that the sibling asks for again, because they are lost or damaged there between
   * others; some of them where there are many.
   */
  default List<ArchiveName> lostSegments() throws LinkException, RefusedException {
    return List.of();
  }
}
