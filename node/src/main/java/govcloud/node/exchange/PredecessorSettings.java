package govcloud.node.exchange;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The lost ledger that this one follows, after the loss of a site.
 *
 * @param log its public key; none: this ledger follows no other
 * @param cosigned file with its newest state that the sibling cosigned
 */
record PredecessorSettings(Optional<String> log, Optional<Path> cosigned) {

  PredecessorSettings {
    if (log.isPresent() != cosigned.isPresent()) {
      throw ExchangeSettings.wrong(
          log.isPresent() ? "predecessor.cosigned" : "predecessor.log", "none", "both or neither");
    }
  }

  static PredecessorSettings from(Config config) {
    return new PredecessorSettings(
        Optional.of(config.getString("log")).filter(text -> !text.isEmpty()),
        ExchangeSettings.path(config.getString("cosigned")));
  }
}
