package govcloud.node.tls;

import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.cassandra.CassandraTls;
import govcloud.pki.LiveTls;
import govcloud.pki.PkiException;
import govcloud.pki.ReportingTrust;
import govcloud.pki.TlsFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;

/** The doors of a node; given to the actor system at its creation. */
public final class NodeTls extends Setup {

  /** As reports and figures name the public listener. */
  static final String HTTP = "http";

  /**
   * As reports and figures name the link to the sibling cloud, and whoever reads a replica by it.
   */
  public static final String SIBLING = "sibling";

  /** As reports and figures name the door for other clouds, and the way to them. */
  public static final String CLOUDS = "clouds";

  /** As reports and figures name the line between nodes. */
  static final String CLUSTER = "cluster";

  /** As reports and figures name the door of health and figures. */
  static final String MANAGEMENT = "management";

  private final TlsReports reports;
  private final Optional<LiveTls> http;
  private final Optional<LiveTls> cluster;
  private final Optional<LiveTls> management;
  private final Optional<LiveTls> cassandra;
  private final Duration hstsMaxAge;

  private NodeTls(
      TlsReports reports,
      Optional<LiveTls> http,
      Optional<LiveTls> cluster,
      Optional<LiveTls> management,
      Optional<LiveTls> cassandra,
      Duration hstsMaxAge) {
    this.reports = reports;
    this.http = http;
    this.cluster = cluster;
    this.management = management;
    this.cassandra = cassandra;
    this.hstsMaxAge = hstsMaxAge;
  }

  /** The doors of an actor system; without TLS where it was given none. */
  public static NodeTls of(ActorSystem<?> system) {
    return system.settings().setup().get(NodeTls.class).orElseGet(NodeTls::none);
  }

  private static NodeTls none() {
    var none = Optional.<LiveTls>empty();
    return new NodeTls(new TlsReports(), none, none, none, none, Duration.ZERO);
  }

  /**
   * Reads the files of the settings.
   *
   * @param management where health and figures are told
   * @throws IllegalArgumentException when one is not usable, beginning with the setting's name
   */
  public static NodeTls open(
      TlsSettings settings, String management, CassandraSettings database, InstantSource clock) {
    var reports = new TlsReports();
    return new NodeTls(
        reports,
        settings.http().map(door -> open(HTTP, door.files(), settings, reports, clock)),
        settings.cluster().map(files -> open(CLUSTER, files, settings, reports, clock)),
        settings
            .management(management)
            .map(files -> open(MANAGEMENT, files, settings, reports, clock)),
        CassandraTls.open(database, reports, settings.reloadInterval(), clock),
        settings.http().map(TlsSettings.Http::hstsMaxAge).orElse(Duration.ZERO));
  }

  private static LiveTls open(
      String door, TlsFiles files, TlsSettings settings, TlsReports reports, InstantSource clock) {
    try {
      return LiveTls.open(door, files, reports, settings.reloadInterval(), clock);
    } catch (PkiException e) {
      throw new IllegalArgumentException(
          TlsSettings.PATH
              + (door.equals(MANAGEMENT) ? CLUSTER : door)
              + (files.password().isPresent() ? ".keystore-file: " : ".certificate-file: ")
              + e.getMessage()
              + " "
              + e.defect(),
          e);
    }
  }

  /** The pages and the API. */
  public Optional<LiveTls> http() {
    return http;
  }

  /** The line between nodes. */
  public Optional<LiveTls> cluster() {
    return cluster;
  }

  /** Health and figures; none: they are had without TLS, on loopback alone. */
  public Optional<LiveTls> management() {
    return management;
  }

  /** The line to Cassandra. */
  public Optional<LiveTls> cassandra() {
    return cassandra;
  }

  /** All doors that have certificates. */
  public Stream<LiveTls> doors() {
    return Stream.of(http, cluster, management, cassandra).flatMap(Optional::stream);
  }

  /** How long browsers shall use nothing but HTTPS; zero: not said. */
  public Duration hstsMaxAge() {
    return hstsMaxAge;
  }

  /**
   * Tells what somebody else refuses who decides about certificates at a door of this node.
   *
   * @param door as reports and figures name it
   */
  public UnaryOperator<X509ExtendedTrustManager> reporting(String door) {
    return trust -> new ReportingTrust(door, trust, reports);
  }

  /** What has happened at them. */
  public TlsReports reports() {
    return reports;
  }
}
