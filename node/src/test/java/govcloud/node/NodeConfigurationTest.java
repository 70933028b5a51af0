package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigurationTest {

  @TempDir private Path folder;
  private Path token;

  @BeforeEach
  void writeToken() throws IOException {
    token = folder.resolve("token");
    Files.writeString(token, "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  private NodeConfiguration read(String... lines) throws IOException {
    var file = folder.resolve("node.conf");
    Files.writeString(file, String.join("\n", lines));
    return NodeConfiguration.read(
        ConfigFactory.parseFile(file.toFile()).withFallback(ReferenceKeys.reference()).resolve());
  }

  private String tokenLine() {
    return "govcloud.http.token-file = \"" + token + "\"";
  }

  @Test
  void nameAndToken_read_isEnough() throws IOException {
    var configuration = read("govcloud.node.name = node-1", tokenLine());
    assertThat(configuration.node().name()).isEqualTo("node-1");
    assertThat(configuration.token().is("0123456789abcdef0123456789abcdef")).isTrue();
  }

  @Test
  void unknownKey_read_namesFileLineKeyAndValue() {
    assertThatThrownBy(
            () -> read("govcloud.node.name = node-1", "govcloud.cluster.prot = 7", tokenLine()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("node.conf: 2: govcloud.cluster.prot: 7 (expected: a known key");
  }

  @Test
  void badValue_read_namesFileLineKeyValueAndExpectation() {
    assertThatThrownBy(
            () -> read("govcloud.node.name = node-1", "govcloud.cluster.port = 70000", tokenLine()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("node.conf: 2: govcloud.cluster.port: 70000 (expected: 0 to 65535)");
  }

  @Test
  void wrongType_read_namesFileLineKeyAndValue() {
    assertThatThrownBy(
            () -> read("govcloud.cluster.port = many", "govcloud.node.name = a", tokenLine()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("node.conf: 1: govcloud.cluster.port: many (");
  }

  @Test
  void tokenMissing_read_namesTheFileThatIsNotThere() {
    assertThatThrownBy(
            () -> read("govcloud.node.name = node-1", "govcloud.http.token-file = /no/token"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("node.conf: 2: govcloud.http.token-file: /no/token");
  }

  @Test
  void tokenOpenToOthers_read_isRefused() throws IOException {
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> read("govcloud.node.name = node-1", tokenLine()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected: permissions 0600");
  }

  @Test
  void clusterConfigs_everyFile_resolvesAndHasNoUnknownKeys() {
    for (var name : new String[] {"base", "local", "clouds/extranet", "clouds/intranet"}) {
      var file = Path.of("../cluster-configs/" + name + ".conf").toFile();
      assertThat(file).isFile();
      var config = ConfigFactory.parseFile(file).withFallback(ReferenceKeys.reference()).resolve();
      new SettingsCheck(config).requireKnownKeys();
      assertThat(config.getString("pekko.cluster.downing-provider-class"))
          .isEqualTo("org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
    }
  }
}
