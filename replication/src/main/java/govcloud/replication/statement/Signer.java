package govcloud.replication.statement;

/** Whoever signs for a cloud. A cloud's key may be followed by another while it works. */
@FunctionalInterface
public interface Signer {

  /** The key that signs now; to be asked anew for each file. */
  SigningKey current();
}
