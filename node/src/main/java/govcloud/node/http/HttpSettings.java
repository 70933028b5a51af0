package govcloud.node.http;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where and how the node listens; {@code govcloud.http} in the configuration.
 *
 * @param host interface; only loopback where {@code govcloud.tls.http} has no certificate
 * @param port 0 takes a free one
 * @param tokenFile file with the operator's token, readable by its owner alone
 * @param maxBody bytes that a request's body may have
 * @param bodyTimeout how long a body may take to arrive
 * @param requestTimeout how long an answer may take
 * @param idleTimeout how long a connection may be silent
 * @param stopTimeout how long running requests may go on when the node stops
 * @param maxConnections at the same time
 * @param consistencyTimeout how long a list waits for what the caller has written
 * @param heartbeat how often an event stream says that it is alive
 * @param burstSeconds how many seconds' worth of requests may come at once
 * @param requestsPerSource a second, from one address; 0: as many as come
 * @param requestsPerAccount a second, by one account; 0: as many as come
 * @param connectionsPerSource at the same time, from one address; 0: as many as there are
 * @param headTimeout how long the head of a request may take from its first byte
 * @param hosts further names under which the node answers
 * @param latencyGoal how long half of the requests may take before fewer are let in
 * @param leastConcurrency requests about departments that are always worked on at the same time
 * @param mostConcurrency such requests at the best of times
 * @param mostStreams attachments that are sent or fetched at the same time
 */
public record HttpSettings(
    String host,
    int port,
    Path tokenFile,
    long maxBody,
    Duration bodyTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration stopTimeout,
    int maxConnections,
    Duration consistencyTimeout,
    Duration heartbeat,
    int burstSeconds,
    int requestsPerSource,
    int requestsPerAccount,
    int connectionsPerSource,
    Duration headTimeout,
    List<String> hosts,
    Duration latencyGoal,
    int leastConcurrency,
    int mostConcurrency,
    int mostStreams) {

  public HttpSettings {
    require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
    require(maxBody >= 1024 && maxBody <= 16 << 20, "max-body", maxBody, "1 KiB to 16 MiB");
    require(maxConnections >= 1, "max-connections", maxConnections, ">= 1");
    require(burstSeconds >= 1, "burst-seconds", burstSeconds, ">= 1");
    require(requestsPerSource >= 0, "requests-per-source", requestsPerSource, ">= 0");
    require(requestsPerAccount >= 0, "requests-per-account", requestsPerAccount, ">= 0");
    require(connectionsPerSource >= 0, "connections-per-source", connectionsPerSource, ">= 0");
    require(headTimeout.toMillis() >= 1, "head-timeout", headTimeout, ">= 1 ms");
    hosts = List.copyOf(hosts);
    require(latencyGoal.toMillis() >= 1, "latency-goal", latencyGoal, ">= 1 ms");
    require(leastConcurrency >= 1, "least-concurrency", leastConcurrency, ">= 1");
    require(
        mostConcurrency >= leastConcurrency,
        "most-concurrency",
        mostConcurrency,
        ">= least-concurrency, " + leastConcurrency);
    require(mostStreams >= 1, "most-streams", mostStreams, ">= 1");
  }

  /** Reads {@code govcloud.http}. */
  public static HttpSettings from(Config root) {
    var config = root.getConfig("govcloud.http");
    return new HttpSettings(
        config.getString("host"),
        config.getInt("port"),
        Path.of(config.getString("token-file")),
        config.getBytes("max-body"),
        config.getDuration("body-timeout"),
        config.getDuration("request-timeout"),
        config.getDuration("idle-timeout"),
        config.getDuration("stop-timeout"),
        config.getInt("max-connections"),
        config.getDuration("consistency-timeout"),
        config.getDuration("heartbeat"),
        config.getInt("burst-seconds"),
        config.getInt("requests-per-source"),
        config.getInt("requests-per-account"),
        config.getInt("connections-per-source"),
        config.getDuration("head-timeout"),
        config.getStringList("hosts"),
        config.getDuration("latency-goal"),
        config.getInt("least-concurrency"),
        config.getInt("most-concurrency"),
        config.getInt("most-streams"));
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new HttpStartException(
          "govcloud.http." + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
