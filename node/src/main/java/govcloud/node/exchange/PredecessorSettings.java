package govcloud.node.exchange;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The lost ledger that this one follows, after the loss of a site.
 *
 * @param log its public key; none: this ledger follows no other
 * @param cosigned file with its newest state that the sibling cosigned
 * @param witness public key with which it did; none: the one with which it does now
 */
record PredecessorSettings(
    Optional<String> log, Optional<Path> cosigned, Optional<String> witness) {

  PredecessorSettings {
    if (log.isPresent() != cosigned.isPresent()) {
      throw ExchangeSettings.wrong(
          log.isPresent() ? "predecessor.cosigned" : "predecessor.log", "none", "both or neither");
    }
    if (witness.isPresent() && log.isEmpty()) {
      throw ExchangeSettings.wrong("predecessor.log", "none", "one, with the witness");
    }
  }

  static PredecessorSettings from(Config config) {
    return new PredecessorSettings(
        text(config, "log"),
        ExchangeSettings.path(config.getString("cosigned")),
        text(config, "witness"));
  }

  private static Optional<String> text(Config config, String key) {
    return Optional.of(config.getString(key)).filter(text -> !text.isEmpty());
  }
}
