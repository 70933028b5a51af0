package govcloud.node.replication.site;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A link on which a site that was given up sends nothing: it would only be refused, for ever. */
public final class FencedLink implements SiblingLink {
  private final SiteFence fence;
  private final SiblingLink link;

  /** The link of a site. */
  public FencedLink(SiteFence fence, SiblingLink link) {
    this.fence = fence;
    this.link = link;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    requireCurrent();
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

  @Override
  public OptionalLong lastSegment(int slice) throws LinkException, RefusedException {
    requireCurrent();
    return link.lastSegment(slice);
  }

  @Override
  public void forgetAnswers(int slice) throws LinkException {
    link.forgetAnswers(slice);
  }

  @Override
  public List<ArchiveName> lostSegments() throws LinkException, RefusedException {
    requireCurrent();
    return link.lostSegments();
  }

  private void requireCurrent() throws LinkException {
    if (fence.givenUp().isPresent()) {
      throw new LinkException("this site was given up", null);
    }
  }
}
