package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.node.exchange.crossing.BundleSettings;
import govcloud.node.exchange.crossing.CloudSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeSettingsTest {

  private static ExchangeSettings read(String text) {
    return ExchangeSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.exchange", ExchangeSettings.class);
    ReferenceKeys.requireMappedAndExplained("govcloud.exchange.witness", WitnessSettings.class);
    ReferenceKeys.requireMappedAndExplained(
        "govcloud.exchange.witness.third", ThirdWitnessSettings.class);
    ReferenceKeys.requireMappedAndExplained(
        "govcloud.exchange.predecessor", PredecessorSettings.class);
    ReferenceKeys.requireMappedAndExplained("govcloud.exchange.clouds", CloudSettings.class);
    ReferenceKeys.requireMappedAndExplained(
        "govcloud.exchange.clouds.bundles", BundleSettings.class);
    assertThat(read("").ledgerKey()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ledger-key = k | govcloud.exchange.ledger-folder: none (expected: one, with the key)",
        "ledger-folder = f | govcloud.exchange.ledger-key: none (expected: one, with the folder)",
        "checkpoint-interval = 1ms | govcloud.exchange.checkpoint-interval: PT0.001S (expected: >="
            + " 10 ms)",
        "provider-timeout = 1ms | govcloud.exchange.provider-timeout: PT0.001S (expected: >= 10"
            + " ms)",
        "witness.key = k | govcloud.exchange.witness.sibling-trust: none (expected: one, with the"
            + " key)",
        "witness.mirror-folder = m | govcloud.exchange.witness.key: none (expected: both or"
            + " neither)",
        "clouds.clock-bound = 1h | govcloud.exchange.clouds.clock-bound: PT1H (expected: 1 s to 5"
            + " min)",
        "clouds.known = [{cloud = a}, {cloud = a}] | govcloud.exchange.clouds.known: a twice"
            + " (expected: each cloud once)",
        "clouds.known = [{cloud = a, departments {x = g, y = g}}] | govcloud.exchange.clouds.known:"
            + " g twice (expected: one department for each of another cloud)",
        "clouds.known = [{cloud = a, addresses = [b], folders { outbox = o, inbox = i }}] |"
            + " govcloud.exchange.clouds.known: a: addresses and folders (expected: one of the"
            + " two)",
        "clouds.known = [{cloud = a, folders { outbox = o, inbox = o }}] |"
            + " govcloud.exchange.clouds.known: o (expected: another inbox than outbox)",
        "clouds.bundles.alarm = 1s | govcloud.exchange.clouds.bundles.alarm: PT1S (expected: not"
            + " less than patience)",
        "clouds.queries-per-second = 0 | govcloud.exchange.clouds.queries-per-second: 0 (expected:"
            + " >= 1)",
        "deferred-most = 0 | govcloud.exchange.deferred-most: 0 (expected: >= 1)",
        "witness.alarm-after = 1ms | govcloud.exchange.witness.alarm-after: PT0.001S (expected: >="
            + " 10 ms)"
      })
  void wrongValue_isRefusedWithValueAndExpectation(String line, String message) {
    assertThatThrownBy(() -> read("govcloud.exchange { " + line + " }")).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "witness.third.address = \"https://w\" | govcloud.exchange.witness.third.key: none (expected:"
            + " both or neither)",
        "witness.third.required = true | govcloud.exchange.witness.third.required: true (expected: a"
            + " witness, or false)",
        "witness.third { address = \"ftp://w\", key = k } | govcloud.exchange.witness.third.address:"
            + " ftp://w (expected: https:// or http://, a host, and maybe a path)",
        "witness.third { address = \"https://w\", key = k } | govcloud.exchange.witness.third.key:"
            + " key: 'k' (expected: name+id+base64) (expected: a witness's key, name+id+base64)"
      })
  void wrongThirdWitness_isRefusedAlike(String line, String message) {
    wrongValue_isRefusedWithValueAndExpectation(line, message);
  }

  @Test
  void key_thatIsNone_isRefusedWithTheSettingsName(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "PRIVATE+KEY+x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> LedgerKey.read(file))
        .hasMessageContaining("rw-r----- (expected: rw-------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> LedgerKey.read(file))
        .hasMessageStartingWith("govcloud.exchange.ledger-key: ");
    assertThatThrownBy(() -> LedgerKey.read(folder.resolve("none")))
        .hasMessageStartingWith("govcloud.exchange.ledger-key: ");
  }
}
