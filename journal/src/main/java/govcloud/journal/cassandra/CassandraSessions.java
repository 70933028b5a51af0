package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import govcloud.pki.LiveTls;
import govcloud.pki.PkiException;
import govcloud.pki.RefusedCertificate;
import govcloud.pki.TlsWatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Opens driver sessions as the journal needs them. */
public final class CassandraSessions {

  /** The first execution and two more: all three replicas have been asked then. */
  private static final int SPECULATIVE_EXECUTIONS = 3;

  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(10);

  private static final int QUIET_MILLIS = 100;
  private static final int SHUTDOWN_MILLIS = 15_000;

  private CassandraSessions() {}

  private static final Set<String> WELL_KNOWN =
      Set.of("cassandra", "changeit", "changeme", "password", "secret", "admin", "govcloud");

  /** Whoever opens a session hears of a refused Cassandra by the driver's exception. */
  private enum Unwatched implements TlsWatch {
    ALL;

    @Override
    public void refused(RefusedCertificate refused) {}

    @Override
    public void renewed(String door, X509Certificate certificate) {}

    @Override
    public void notRenewed(String door, PkiException why) {}
  }

  /**
   * Reads the password and the certificates of the settings, without a connection.
   *
   * @throws IllegalArgumentException when one is not usable
   */
  public static void requireSecrets(CassandraSettings settings) {
    settings.passwordFile().ifPresent(file -> firstLine("password-file", file));
    door(settings);
  }

  /**
   * Whether somebody logs in with a password that stands in manuals, or that is the role's name.
   */
  public static boolean hasWellKnownPassword(CassandraSettings settings) {
    return settings
        .passwordFile()
        .map(file -> firstLine("password-file", file))
        .filter(
            password ->
                isWellKnown(password)
                    || settings.username().filter(password::equalsIgnoreCase).isPresent())
        .isPresent();
  }

  /** Whether a password is none, or stands in manuals. */
  public static boolean isWellKnown(String password) {
    return password.isEmpty() || WELL_KNOWN.contains(password.toLowerCase(Locale.ROOT));
  }

  private static Optional<LiveTls> door(CassandraSettings settings) {
    return CassandraTls.open(settings, Unwatched.ALL, RELOAD_INTERVAL, Clock.systemUTC());
  }

  /**
   * A session without a default keyspace. The caller closes it. Fails with the driver's exceptions
   * when no node answers, and with {@link IllegalArgumentException} on an unreadable secret.
   */
  public static CqlSession open(CassandraSettings settings) {
    return open(settings, door(settings));
  }

  /**
   * The same with TLS that the program has opened, and watches.
   *
   * @param door of {@link CassandraTls#open}
   */
  public static CqlSession open(CassandraSettings settings, Optional<LiveTls> door) {
    var builder =
        CqlSession.builder()
            .withConfigLoader(driverConfiguration(settings))
            .withLocalDatacenter(settings.localDatacenter())
            .addContactPoints(
                settings.addresses().stream()
                    .map(a -> new java.net.InetSocketAddress(a.getHostString(), a.getPort()))
                    .toList());
    if (settings.username().isPresent()) {
      builder.withAuthCredentials(
          settings.username().get(), firstLine("password-file", settings.passwordFile().get()));
    }
    door.ifPresent(tls -> builder.withSslEngineFactory(new CassandraTls(tls)));
    return builder.build();
  }

  /**
   * Statements are not idempotent unless they say so, so the driver repeats none that may have been
   * applied; the server sets timestamps, so a node's clock can not hide a later write. Only
   * idempotent statements are executed speculatively. A Cassandra that was frozen is left within
   * the three seconds of its heartbeat. Of protocol version 5 the driver misreads the answer to an
   * append that timed out for contention, and closes the connection with all that is under way.
   */
  static DriverConfigLoader driverConfiguration(CassandraSettings settings) {
    return endingSoon(DriverConfigLoader.programmaticBuilder())
        .withString(DefaultDriverOption.SESSION_NAME, "govcloud-" + settings.keyspace())
        .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, false)
        .withClass(
            DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS,
            com.datastax.oss.driver.internal.core.time.ServerSideTimestampGenerator.class)
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, settings.connectTimeout())
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.connectTimeout())
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, settings.connectTimeout())
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
        .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(1))
        .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, Duration.ofSeconds(2))
        .withClass(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy.class)
        .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, SPECULATIVE_EXECUTIONS)
        .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, settings.speculativeDelay())
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()))
        // Default 1 s: every statement of a migration would wait for it.
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(20))
        .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
        // Cassandra warns of batches above 5 KiB, which ours are; the driver would write out their
        // values.
        .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .build();
  }

  /** Default 2 s of rest: the end of every node and of every command would wait for it. */
  private static ProgrammaticDriverConfigLoaderBuilder endingSoon(
      ProgrammaticDriverConfigLoaderBuilder settings) {
    return settings
        .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
        .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS);
  }

  private static String firstLine(String key, Path file) {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).orElse("");
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(key, file, e);
    }
  }

  private static IllegalArgumentException unreadable(String key, Path file, Exception cause) {
    return new IllegalArgumentException(
        CassandraSettings.PATH + "." + key + ": " + file + " (expected: a readable file)", cause);
  }
}
