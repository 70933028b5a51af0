package govcloud.node.replication;

import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReaderGrant;
import govcloud.replication.keys.ReaderGrants;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Who may read at this node what the sibling has sent, as this node has last seen it in the key
 * folder. For several threads.
 */
final class Readers {
  private final ReaderGrants grants;
  private final String cloud;
  private volatile List<ReaderGrant> readers = List.of();

  /**
   * Nobody, until looked at.
   *
   * @param cloud whose replica is read
   */
  Readers(ReaderGrants grants, String cloud) {
    this.grants = grants;
    this.cloud = cloud;
  }

  /** Reads the grants again; blocks. */
  void look() throws KeyException {
    readers = grants.list().stream().filter(grant -> grant.cloud().equals(cloud)).toList();
  }

  /** Who is let in, if only to be told that the grant is over. */
  List<X509Certificate> certificates() {
    return readers.stream().map(ReaderGrant::certificate).toList();
  }

  /** The grant of whoever shows a certificate. */
  Optional<ReaderGrant> of(Certificate certificate) {
    return readers.stream().filter(grant -> grant.certificate().equals(certificate)).findFirst();
  }
}
