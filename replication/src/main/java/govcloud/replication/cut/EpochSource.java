package govcloud.replication.cut;

import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;

/** Finds the keys with which a file of this cloud was sealed. */
@FunctionalInterface
public interface EpochSource {

  /**
   * The keys that a grant names; whoever asks closes them.
   *
   * @throws KeyException when this cloud does not have them
   */
  EpochKeys epoch(KeyGrant grant) throws KeyException;
}
