package govcloud.node.tls;

import govcloud.pki.LiveTls;
import govcloud.pki.PkiException;
import govcloud.pki.TlsFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.actor.typed.ActorSystem;

/** The doors of a node; given to the actor system at its creation. */
public final class NodeTls extends Setup {

  /** As reports and figures name the public listener. */
  static final String HTTP = "http";

  /** As reports and figures name the line between nodes. */
  static final String CLUSTER = "cluster";

  private final TlsReports reports;
  private final Optional<LiveTls> http;
  private final Optional<LiveTls> cluster;
  private final Duration hstsMaxAge;

  private NodeTls(
      TlsReports reports, Optional<LiveTls> http, Optional<LiveTls> cluster, Duration hstsMaxAge) {
    this.reports = reports;
    this.http = http;
    this.cluster = cluster;
    this.hstsMaxAge = hstsMaxAge;
  }

  /** The doors of an actor system; without TLS where it was given none. */
  public static NodeTls of(ActorSystem<?> system) {
    return system.settings().setup().get(NodeTls.class).orElseGet(NodeTls::none);
  }

  private static NodeTls none() {
    return new NodeTls(new TlsReports(), Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  /**
   * Reads the files of the settings.
   *
   * @throws IllegalArgumentException when one is not usable, beginning with the setting's name
   */
  public static NodeTls open(TlsSettings settings, InstantSource clock) {
    var reports = new TlsReports();
    return new NodeTls(
        reports,
        settings.http().map(door -> open(HTTP, door.files(), settings, reports, clock)),
        settings.cluster().map(files -> open(CLUSTER, files, settings, reports, clock)),
        settings.http().map(TlsSettings.Http::hstsMaxAge).orElse(Duration.ZERO));
  }

  private static LiveTls open(
      String door, TlsFiles files, TlsSettings settings, TlsReports reports, InstantSource clock) {
    try {
      return LiveTls.open(door, files, reports, settings.reloadInterval(), clock);
    } catch (PkiException e) {
      throw new IllegalArgumentException(
          TlsSettings.PATH + door + ".certificate-file: " + e.getMessage() + " " + e.defect(), e);
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

  /** All doors that have certificates. */
  public Stream<LiveTls> doors() {
    return Stream.concat(http.stream(), cluster.stream());
  }

  /** How long browsers shall use nothing but HTTPS; zero: not said. */
  public Duration hstsMaxAge() {
    return hstsMaxAge;
  }

  /** What has happened at them. */
  public TlsReports reports() {
    return reports;
  }
}
