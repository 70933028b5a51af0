package govcloud.replication.shipping;

import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import java.util.Set;

/**
 * The way of blobs to the sibling cloud. Delivering one again changes nothing. For several threads.
 */
public interface BlobLink {

  /**
   * The blobs that the sibling has; by files, those of which it has said so.
   *
   * @param branch first byte of their addresses, 0 to 255
   * @throws LinkException when the sibling did not answer: try again later
   */
  Set<BlobAddress> has(int branch) throws LinkException, RefusedException;

  /**
   * Delivers a blob; it is never whole in memory. Blocks as long as that takes.
   *
   * @return whether the sibling has it now; otherwise it is on its way, and {@link #has} will tell
   * @throws LinkException when it is not known to have arrived: try again later
   * @throws RefusedException when the sibling does not take it
   */
  boolean deliver(BlobAddress address, BlobSource source) throws LinkException, RefusedException;
}
