package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import java.util.Optional;

/** A link that takes no more than so many bytes a second, so that others can use the line too. */
final class ThrottledLink implements SiblingLink {
  private final SiblingLink link;
  private final Bandwidth bandwidth;

  ThrottledLink(SiblingLink link, Bandwidth bandwidth) {
    this.link = link;
    this.bandwidth = bandwidth;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    bandwidth.take(file.size());
    return link.deliver(name, file);
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) throws LinkException, RefusedException {
    return link.answer(name);
  }

  @Override
  public int window() {
    return link.window();
  }
}
