package govcloud.node.exchange;

import com.typesafe.config.Config;
import govcloud.node.exchange.crossing.CloudSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the ledger's key and files are; {@code govcloud.exchange} in the configuration.
 *
 * @param ledgerKey file of the key that signs the ledger, the same on all nodes; none: nothing can
 *     be recorded, so nothing is exchanged
 * @param ledgerFolder where this node keeps the ledger's files, each node its own
 * @param checkpointInterval how often new entries are looked for and signed
 * @param providerTimeout how long a provider may take to answer
 * @param deferredTerm how long a provider is waited for that is away
 * @param deferredKept how long it is kept what came of a query that waited
 * @param callbacks how departments are called back
 * @param providers how services of departments are asked
 * @param deferredMost queries of one department that may wait
 * @param witness how this cloud and its sibling are witnesses of each other's ledgers
 * @param predecessor the lost ledger that this one follows
 * @param clouds other clouds with which data are exchanged
 */
public record ExchangeSettings(
    Optional<Path> ledgerKey,
    Optional<Path> ledgerFolder,
    Duration checkpointInterval,
    Duration providerTimeout,
    Duration deferredTerm,
    Duration deferredKept,
    CallbackSettings callbacks,
    ProviderSettings providers,
    int deferredMost,
    WitnessSettings witness,
    PredecessorSettings predecessor,
    CloudSettings clouds) {

  private static final String PATH = "govcloud.exchange";

  public ExchangeSettings {
    if (ledgerKey.isPresent() && ledgerFolder.isEmpty()) {
      throw wrong("ledger-folder", "none", "one, with the key");
    }
    if (ledgerFolder.isPresent() && ledgerKey.isEmpty()) {
      throw wrong("ledger-key", "none", "one, with the folder");
    }
    atLeast("checkpoint-interval", checkpointInterval, Duration.ofMillis(10));
    atLeast("provider-timeout", providerTimeout, Duration.ofMillis(10));
    atLeast("deferred-term", deferredTerm, Duration.ofSeconds(1));
    atLeast("deferred-kept", deferredKept, Duration.ofSeconds(1));
    if (deferredMost < 1) {
      throw wrong("deferred-most", deferredMost, ">= 1");
    }
  }

  /** Reads {@code govcloud.exchange}. */
  public static ExchangeSettings from(Config root) {
    var config = root.getConfig(PATH);
    return new ExchangeSettings(
        path(config.getString("ledger-key")),
        path(config.getString("ledger-folder")),
        config.getDuration("checkpoint-interval"),
        config.getDuration("provider-timeout"),
        config.getDuration("deferred-term"),
        config.getDuration("deferred-kept"),
        CallbackSettings.from(config.getConfig("callbacks")),
        ProviderSettings.from(config.getConfig("providers")),
        config.getInt("deferred-most"),
        WitnessSettings.from(config.getConfig("witness")),
        PredecessorSettings.from(config.getConfig("predecessor")),
        CloudSettings.from(config.getConfig("clouds")));
  }

  /** How long a change is kept that no subscriber fetches. */
  public Duration changesKept() {
    return deferredTerm.plus(deferredKept);
  }

  static Optional<Path> path(String text) {
    return Optional.of(text).filter(some -> !some.isEmpty()).map(Path::of);
  }

  static void atLeast(String key, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw wrong(key, value, ">= " + least.toMillis() + " ms");
    }
  }

  static IllegalArgumentException wrong(String key, Object value, String expected) {
    return new IllegalArgumentException(
        PATH + "." + key + ": " + value + " (expected: " + expected + ")");
  }
}
