package govcloud.journal.plugin;

import govcloud.pki.LiveTls;
import org.apache.pekko.actor.setup.Setup;

/**
 * TLS to Cassandra that a program has opened and watches; given to the actor system at its
 * creation. Where it is not given, the journal reads the files by itself.
 */
public final class CassandraDoor extends Setup {
  private final LiveTls tls;

  /** Takes what {@link govcloud.journal.cassandra.CassandraTls#open} has opened. */
  public CassandraDoor(LiveTls tls) {
    this.tls = tls;
  }

  /** It. */
  LiveTls tls() {
    return tls;
  }
}
