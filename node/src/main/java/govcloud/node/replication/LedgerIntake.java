package govcloud.node.replication;

import java.util.concurrent.CompletionStage;

/**
 * What is done with the sibling's ledger, of which this cloud is the witness. Stages fail with a
 * {@link govcloud.ledger.LedgerException} when something is wrong with what was sent.
 */
public interface LedgerIntake {

  /**
   * What this cloud has of a ledger, as bytes to answer.
   *
   * @param log SHA-256 of its origin, 64 hexadecimal digits
   */
  CompletionStage<byte[]> seen(String log);

  /**
   * Takes in entries and the state that has them.
   *
   * @return the line that cosigns the state
   */
  CompletionStage<byte[]> take(byte[] shipment);
}
