package govcloud.node.replication;

import govcloud.replication.statement.Signer;
import govcloud.replication.statement.SigningKey;

/** The key with which this cloud signs now. */
public final class CurrentKey implements Signer {
  private volatile SigningKey key;

  CurrentKey(SigningKey key) {
    this.key = key;
  }

  @Override
  public SigningKey current() {
    return key;
  }

  /** From now on this one signs. */
  void use(SigningKey next) {
    key = next;
  }
}
