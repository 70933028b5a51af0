package govcloud.node.exchange;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How this cloud and its sibling are witnesses of each other's ledgers.
 *
 * @param key file of the key with which this cloud cosigns the sibling's ledger, the same on all
 *     nodes; none: it is no witness
 * @param siblingTrust file that names the sibling's ledgers and the sibling as a witness; none:
 *     this cloud's ledger has no witness
 * @param mirrorFolder where this node keeps its copy of the sibling's ledger, each node its own
 * @param alarmAfter how long entries may wait for the sibling's cosignature
 * @param third a witness beside the sibling
 */
record WitnessSettings(
    Optional<Path> key,
    Optional<Path> siblingTrust,
    Optional<Path> mirrorFolder,
    Duration alarmAfter,
    ThirdWitnessSettings third) {

  WitnessSettings {
    if (key.isPresent() && siblingTrust.isEmpty()) {
      throw ExchangeSettings.wrong("witness.sibling-trust", "none", "one, with the key");
    }
    if (key.isPresent() != mirrorFolder.isPresent()) {
      throw ExchangeSettings.wrong(
          key.isPresent() ? "witness.mirror-folder" : "witness.key", "none", "both or neither");
    }
    ExchangeSettings.atLeast("witness.alarm-after", alarmAfter, Duration.ofMillis(10));
  }

  static WitnessSettings from(Config config) {
    return new WitnessSettings(
        ExchangeSettings.path(config.getString("key")),
        ExchangeSettings.path(config.getString("sibling-trust")),
        ExchangeSettings.path(config.getString("mirror-folder")),
        config.getDuration("alarm-after"),
        ThirdWitnessSettings.from(config.getConfig("third")));
  }
}
