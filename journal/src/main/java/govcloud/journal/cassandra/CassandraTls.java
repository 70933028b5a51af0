package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import govcloud.pki.LiveTls;
import govcloud.pki.PkiException;
import govcloud.pki.TlsWatch;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * TLS for the driver: shows the own certificate, takes a Cassandra whose certificate holds the
 * address or name that is called, and reads the files again when they change.
 */
public final class CassandraTls implements SslEngineFactory {
  /** As reports and figures name the line to Cassandra. */
  public static final String DOOR = "cassandra";

  private final LiveTls door;

  CassandraTls(LiveTls door) {
    this.door = door;
  }

  /**
   * Reads the files of the settings; empty where there is no TLS.
   *
   * @param watch is told what is refused and renewed
   * @param interval how often the files are looked at, at most
   * @throws IllegalArgumentException when they are not usable, beginning with the setting's name
   */
  public static Optional<LiveTls> open(
      CassandraSettings settings, TlsWatch watch, Duration interval, InstantSource clock) {
    if (settings.tls().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LiveTls.open(DOOR, settings.tls().get(), watch, interval, clock));
    } catch (PkiException e) {
      throw new IllegalArgumentException(
          CassandraSettings.PATH
              + (settings.tls().get().password().isPresent()
                  ? ".keystore-file: "
                  : ".certificate-file: ")
              + e.getMessage()
              + " "
              + e.defect(),
          e);
    }
  }

  /** An address stays one: its name is never asked for, because whoever answers could lie. */
  @Override
  public SSLEngine newSslEngine(EndPoint remote) {
    InetSocketAddress address = (InetSocketAddress) remote.resolve();
    return door.namedClientEngine(address.getHostString(), address.getPort());
  }

  /** Nothing is held. */
  @Override
  public void close() {}
}
