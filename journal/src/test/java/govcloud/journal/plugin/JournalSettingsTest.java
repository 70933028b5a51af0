package govcloud.journal.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import govcloud.journal.Slices;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.pki.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSettingsTest {

  /** Read by Pekko, not by the settings record. */
  private static final Set<String> PEKKO = Set.of("class", "plugin-dispatcher", "dispatcher");

  /** Read by whoever runs the migrations. */
  private static final Set<String> SCHEMA = Set.of("schema");

  private static final Config REFERENCE = ConfigFactory.parseResources("reference.conf").resolve();

  @Test
  void reference_gives_theDocumentedDefaults() {
    JournalSettings settings = JournalSettings.from(REFERENCE);
    assertThat(settings.slices()).isEqualTo(new Slices(16));
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.host().chunkBytes()).isEqualTo(65_536);
    assertThat(settings.host().chunkAge()).isEqualTo(Duration.ofMinutes(1));
    assertThat(CassandraSettings.from(REFERENCE).keyspace()).isEqualTo("govcloud");
  }

  @ParameterizedTest
  @ValueSource(strings = {JournalSettings.PATH, CassandraSettings.PATH})
  void reference_everyKey_isCommentedAndMapped(String path) {
    for (String key : REFERENCE.getObject(path).keySet()) {
      assertThat(REFERENCE.getObject(path).get(key).origin().comments())
          .as("comment of %s.%s", path, key)
          .isNotEmpty();
      if (PEKKO.contains(key) || SCHEMA.contains(key)) {
        continue;
      }
      Config without = REFERENCE.withoutPath(path + "." + key);
      assertThatThrownBy(() -> read(path, without))
          .as("%s.%s is read", path, key)
          .isInstanceOf(ConfigException.Missing.class)
          .hasMessageContaining(key);
    }
  }

  private static Object read(String path, Config config) {
    return path.equals(JournalSettings.PATH)
        ? JournalSettings.from(config)
        : CassandraSettings.from(config);
  }

  @Test
  void filesOfTls_areReadTogether() {
    assertThat(CassandraSettings.from(REFERENCE).tls()).isEmpty();
    assertThat(CassandraSettings.from(database("certificate-file = b, key-file = c")).tls())
        .hasValue(new TlsFiles(Path.of("b"), Path.of("c"), Optional.of(Path.of("a")), ""));
    assertThat(
            CassandraSettings.from(database("keystore-file = b, keystore-password-file = c")).tls())
        .hasValue(
            new TlsFiles(
                Path.of("b"),
                Path.of("b"),
                Optional.of(Path.of("c")),
                Optional.of(Path.of("a")),
                ""));
  }

  @Test
  void certificateOfTheNode_inHalfOrInTwoForms_isRefused() {
    Map<String, String> wrong =
        Map.of(
            "certificate-file = b", "key-file:  (expected: certificate-file and",
            "keystore-file = b", "keystore-password-file:  (expected: keystore-file and",
            "certificate-file = b, key-file = c, keystore-file = d, keystore-password-file = e",
                "keystore-file: d (expected: either it, or",
            "", "authority-file: a (expected: authority-file and");
    wrong.forEach(
        (lines, message) ->
            assertThatThrownBy(() -> CassandraSettings.from(database(lines)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("govcloud.cassandra." + message));
  }

  private static Config database(String lines) {
    return ConfigFactory.parseString("govcloud.cassandra { authority-file = a, " + lines + " }")
        .withFallback(REFERENCE);
  }

  @Test
  void wrongValues_areRefused_withKeyValueAndExpectation() {
    Map<String, Object> wrong =
        Map.of(
            "govcloud.journal.slices",
            0,
            "govcloud.journal.read-batches",
            0,
            "govcloud.journal.poll-interval",
            "1ms",
            "govcloud.journal.chunk-parallelism",
            0,
            "govcloud.cassandra.contact-points",
            List.of(),
            "govcloud.cassandra.keyspace",
            "Govcloud; DROP",
            "govcloud.cassandra.username",
            "only",
            "govcloud.cassandra.authority-file",
            "only.pem",
            "govcloud.cassandra.request-timeout",
            "1ms");
    wrong.forEach(
        (key, value) -> {
          Config config = REFERENCE.withValue(key, ConfigValueFactory.fromAnyRef(value));
          String last = key.substring(key.lastIndexOf('.') + 1);
          assertThatThrownBy(
                  () -> {
                    JournalSettings.from(config);
                    CassandraSettings.from(config);
                  })
              .as(key)
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining(last)
              .hasMessageContaining("expected");
        });
  }
}
