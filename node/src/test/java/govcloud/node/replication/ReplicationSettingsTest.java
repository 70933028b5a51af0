package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationSettingsTest {

  private static ReplicationSettings read(String text) {
    return ReplicationSettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.replication", ReplicationSettings.class);
  }

  @Test
  void everyKey_ofFileDrop_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained(
        "govcloud.replication.file-drop", FileDropSettings.class);
  }

  @Test
  void fileDrop_withoutAddresses_ships_atItsOwnPace() {
    var settings =
        read(
            """
            govcloud.replication {
              keys-folder = k, archive-folder = a, received-folder = r, sibling = mountain
              transport = file-drop, file-drop { outbox = out, inbox = in, interval = 7s }
              recovery-point-alarm = 1h
            }""");
    assertThat(settings.ships()).isTrue();
    assertThat(settings.siblingPause()).hasSeconds(7);
    assertThat(settings.promise()).hasHours(1);
  }

  @Test
  void https_withoutAddresses_doesNotShip() {
    var settings =
        read(
            """
            govcloud.replication {
              keys-folder = k, archive-folder = a, received-folder = r, sibling = mountain
            }""");
    assertThat(settings.ships()).isFalse();
    assertThat(settings.promise()).hasSeconds(5);
  }

  @Test
  void nothingSet_read_hasNoSibling() {
    assertThat(read("").hasSibling()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keys-folder = k | archive-folder:  (expected: set together with keys-folder)",
        "sibling = mountain | sibling: mountain (expected: keys-folder, archive-folder and",
        "transport = pigeon | transport: pigeon (expected: https or file-drop)",
        "transport = file-drop | file-drop.outbox: \"\" (expected: a folder)",
        "transport = file-drop, file-drop.outbox = a | file-drop.inbox: \"\" (expected: a folder)",
        "transport = file-drop, file-drop { outbox = a, inbox = a } | file-drop.inbox: a (expected: an",
        "file-drop.window = 0 | file-drop.window: 0 (expected: 1 to 10000)",
        "file-drop.interval = 0 | file-drop.interval: PT0S (expected: >= 1 ms)",
        "file-drop.patience = 1s | file-drop.patience: PT1S (expected: longer than interval)",
        "port = 70000 | port: 70000 (expected: 0 to 65535)",
        "segment-bytes = 1 | segment-bytes: 1 (expected: 1 KiB to 32 MiB)",
        "segment-age = 0 | segment-age: PT0S (expected: >= 1 ms)",
        "attachment-interval = 0 | attachment-interval: PT0S (expected: >= 1 ms)",
        "audit.interval = 0 | audit.interval: PT0S (expected: >= 1 s)",
        "audit.bandwidth = 1 | audit.bandwidth: 1 (expected: >= 1 KiB)",
        "drills.oldest = 1m | drills.oldest: PT1M (expected: >= 1 h)",
        "manifest-interval = 0 | manifest-interval: PT0S (expected: >= 1 ms)",
        "connections = 0 | connections: 0 (expected: 1 to 64)",
        "request-timeout = 0 | request-timeout: PT0S (expected: >= 1 ms)",
        "retry-pause = 0 | retry-pause: PT0S (expected: >= 1 ms)",
        "recovery-point-alarm = 0 | recovery-point-alarm: PT0S (expected: >= 1 ms)",
        "sibling-addresses = [\"https://a:1\"] | sibling-addresses: https://a:1 (expected: host:port"
      })
  void wrongValue_read_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(() -> read("govcloud.replication { " + setting + " }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("govcloud.replication." + message);
  }
}
