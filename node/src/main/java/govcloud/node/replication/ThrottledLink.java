package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link that takes no more than so many bytes a second, the most urgent slices first, so that
 * others can use the line too.
 */
final class ThrottledLink implements SiblingLink {
  private final SiblingLink link;
  private final Bandwidth bandwidth;
  private final ShippingOrder order;

  ThrottledLink(SiblingLink link, Bandwidth bandwidth, ShippingOrder order) {
    this.link = link;
    this.bandwidth = bandwidth;
    this.order = order;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    bandwidth.take(file.size(), () -> rank(name));
    return link.deliver(name, file);
  }

  private ShippingRank rank(ArchiveName name) {
    return name.kind() == StatementKind.SEGMENT ? order.of(name.slice()) : ShippingRank.CONTINUOUS;
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) throws LinkException, RefusedException {
    return link.answer(name);
  }

  @Override
  public int window() {
    return link.window();
  }

  @Override
  public OptionalLong lastSegment(int slice) throws LinkException, RefusedException {
    return link.lastSegment(slice);
  }

  @Override
  public void forgetAnswers(int slice) throws LinkException {
    link.forgetAnswers(slice);
  }

  @Override
  public List<ArchiveName> lostSegments() throws LinkException, RefusedException {
    return link.lostSegments();
  }
}
