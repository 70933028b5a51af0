package govcloud.replication.shipping;

import com.google.protobuf.ByteString;

/**
 * The way of a ledger to the sibling cloud, which is its witness and keeps a copy. What is sent and
 * answered is in docs/ledger-format.md. For several threads.
 */
public interface LedgerLink {

  /**
   * What the sibling has of a ledger.
   *
   * @param log SHA-256 of its origin, 64 hexadecimal digits
   * @throws LinkException when the sibling did not answer: try again later
   * @throws RefusedException when it does not know this ledger
   */
  ByteString seen(String log) throws LinkException, RefusedException;

  /**
   * Sends entries and the state that has them.
   *
   * @return the sibling's cosignature, a line
   * @throws LinkException when it is not known to have arrived: try again later
   * @throws RefusedException when the sibling does not take it
   */
  ByteString send(ByteString shipment) throws LinkException, RefusedException;
}
