package govcloud.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.tls.Doors;
import govcloud.node.tls.NodeTls;
import govcloud.pki.PkiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node does not start with, in words that say how to mend it. */
class TransportRulesTest {

  private static final String PRODUCTION = "govcloud.mode = production\n";

  @TempDir private static Path made;
  @TempDir private Path folder;
  private Path token;
  private String own;

  /** A certificate that no development authority has signed, from a keeper's own tool. */
  @BeforeAll
  static void makeCertificate() throws IOException, InterruptedException {
    var store = made.resolve("own.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair -alias own -keyalg RSA -keysize 2048 -storetype PKCS12 -storepass changeit",
        "-dname CN=node-1.harbour.gov.example -ext san=dns:node-1.harbour.gov.example",
        "-keystore " + store);
    OwnCertificate.export(store, "changeit", made.resolve("own.pem"));
  }

  @BeforeEach
  void place() throws IOException {
    token = Files.writeString(folder.resolve("token"), "0123456789abcdef0123456789abcdef");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    var pem =
        Files.copy(
            made.resolve("own.pem"), folder.resolve("own.pem"), StandardCopyOption.COPY_ATTRIBUTES);
    own =
        """
        govcloud.tls.http { certificate-file = "%1$s", key-file = "%1$s" }
        govcloud.tls.cluster { certificate-file = "%1$s", key-file = "%1$s", authority-file = "%1$s" }
        """
            .formatted(pem);
  }

  private static void run(String... words) throws IOException, InterruptedException {
    var command = List.of(String.join(" ", words).split(" ", -1));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }

  private void check(String lines) {
    var config =
        ConfigFactory.parseString(
                lines + "govcloud { node.name = node-1, http.token-file = \"" + token + "\" }")
            .withFallback(ReferenceKeys.reference())
            .resolve();
    var configuration = NodeConfiguration.read(config);
    TransportRules.check(
        configuration,
        NodeTls.open(
            configuration.tls(),
            configuration.management().host(),
            configuration.cassandra(),
            Clock.systemUTC()));
  }

  private void refused(String lines, String message, String code) {
    assertThatThrownBy(() -> check(lines))
        .hasMessageStartingWith("govcloud." + message)
        .hasMessageContaining("(expected: ")
        .hasMessageEndingWith(code);
  }

  @Test
  void plainListenerOutsideLoopback_isRefusedInEveryMode() {
    refused(
        "govcloud.http.host = \"0.0.0.0\"\n",
        "http.host: 0.0.0.0 (expected: a loop",
        "TLS_PLAINTEXT");
    assertThatCode(() -> check("")).doesNotThrowAnyException();
    assertThatCode(() -> check("govcloud.http.host = \"0.0.0.0\"\n" + own))
        .doesNotThrowAnyException();
  }

  @Test
  void healthAndFiguresOutsideLoopback_withoutCertificates_areRefusedInEveryMode() {
    var far = "govcloud.management.host = \"192.0.2.7\"\n";
    refused(far, "management.host: 192.0.2.7 (expected: a loopback", "TLS_PLAINTEXT");
    refused(
        far.replace("192.0.2.7", "0.0.0.0"),
        "management.host: 0.0.0.0 (expected: a loop",
        "TLS_PLAINTEXT");
    assertThatCode(() -> check(far + own)).doesNotThrowAnyException();
    // Nodes of tests, which production refuses anyway.
    assertThatCode(() -> check(far + "govcloud.identity.mode = header-for-tests\n"))
        .doesNotThrowAnyException();
  }

  @Test
  void production_whereKeepersCouldBeNodes_isRefused() {
    var far = PRODUCTION + "govcloud.management.host = \"192.0.2.7\"\n" + own;
    refused(far, "tls.cluster.peer-name: none, with management.host 192.0.2.7", "TLS_PEER_UNNAMED");
    assertThatCode(
            () -> check(far + "govcloud.tls.cluster.peer-name = node-1.harbour.gov.example\n"))
        .doesNotThrowAnyException();
  }

  @Test
  void production_withCertificatesOfItsOwnAuthority_starts() {
    assertThatCode(() -> check(PRODUCTION + own)).doesNotThrowAnyException();
  }

  @Test
  void production_withStores_startsUnlessTheirPasswordIsOfAManual() throws Exception {
    var store = Files.copy(made.resolve("own.p12"), folder.resolve("own.p12"));
    var word = Files.writeString(folder.resolve("word"), "changeit\n");
    for (var secret : List.of(store, word)) {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }
    var lines = "keystore-file = \"%s\", keystore-password-file = \"%s\"".formatted(store, word);
    var doors =
        """
        govcloud.tls { http { %1$s }, cluster { %1$s, authority-file = "%2$s" } }
        govcloud.cassandra { %1$s, authority-file = "%2$s" }
        """
            .formatted(lines, made.resolve("own.pem"));
    assertThatCode(() -> check(doors)).doesNotThrowAnyException();
    refused(PRODUCTION + doors, "tls.http.keystore-password-file: " + word, "SECRET_DEFAULT");
    refused(
        PRODUCTION + own + doors.substring(doors.indexOf('\n') + 1),
        "cassandra.keystore-password-file: " + word,
        "SECRET_DEFAULT");
    var better = "k4Hq9-random-of-this-host";
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-storepasswd -storepass changeit -new " + better + " -keystore " + store);
    refused(
        PRODUCTION + doors,
        "tls.http.keystore-file: no readable private key: " + store,
        "TLS_KEY_UNREADABLE");
    Files.writeString(word, better + "\n");
    assertThatCode(() -> check(PRODUCTION + doors)).doesNotThrowAnyException();
    Files.setPosixFilePermissions(word, PosixFilePermissions.fromString("rw-r--r--"));
    refused(
        PRODUCTION + doors,
        "tls.http.keystore-file: others can read the private key: " + word,
        "TLS_KEY_EXPOSED");
  }

  @Test
  void production_withoutTls_isRefused() {
    refused(PRODUCTION, "tls.http.certificate-file: none", "TLS_PLAINTEXT");
    refused(
        PRODUCTION + own + "govcloud.tls.cluster { certificate-file = \"\", key-file = \"\" }\n",
        "tls.cluster.certificate-file: none",
        "TLS_PLAINTEXT");
  }

  @Test
  void production_withDevelopmentAuthority_isRefused() throws PkiException {
    var doors = new Doors(folder.resolve("pki"));
    refused(
        PRODUCTION + own + doors.httpLines(),
        "tls.http.certificate-file: O=Govcloud development",
        "TLS_DEVELOPMENT_AUTHORITY");
    refused(
        PRODUCTION + own + doors.clusterLines("node-1"),
        "tls.cluster.certificate-file: O=Govcloud development",
        "TLS_DEVELOPMENT_AUTHORITY");
    refused(
        PRODUCTION + own + doors.cassandraLines(),
        "cassandra.certificate-file: O=Govcloud development",
        "TLS_DEVELOPMENT_AUTHORITY");
  }

  @Test
  void production_withPlaintextOutsideLoopback_isRefused() {
    refused(
        PRODUCTION + own + "govcloud.cassandra.contact-points = [\"192.0.2.8:9042\"]\n",
        "cassandra.authority-file: none, with 192.0.2.8",
        "TLS_PLAINTEXT");
    refused(
        PRODUCTION
            + own
            + "govcloud.metrics.otlp-endpoint = \"http://192.0.2.9:4318/v1/metrics\"\n",
        "metrics.otlp-endpoint: http://192.0.2.9",
        "TLS_PLAINTEXT");
  }

  @Test
  void production_cassandraThatAsksNobody_isRefused() throws IOException {
    var far = PRODUCTION + own + database(folder.resolve("own.pem"));
    refused(far, "cassandra.username: none, with 192.0.2.8", "CASSANDRA_OPEN");
    var password = Files.writeString(folder.resolve("password"), "Zk3vN8rQpX");
    var named =
        "govcloud.cassandra { username = govcloud, password-file = \"" + password + "\" }\n";
    assertThatCode(() -> check(far + named)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "cassandra, cassandra",
    "cassandra, CASSANDRA",
    "govcloud_node, govcloud_node",
    "govcloud_node, changeit",
    "govcloud_node, ''"
  })
  void production_withPasswordOfTheManual_isRefused_forEachRole(String role, String password)
      throws IOException {
    var file = Files.writeString(folder.resolve("password"), password + "\n");
    var good = Files.writeString(folder.resolve("good"), "Zk3vN8rQpX\n");
    var user = "govcloud.cassandra%s { username = \"%s\", password-file = \"%s\" }\n";
    refused(
        PRODUCTION + own + user.formatted("", role, file),
        "cassandra.password-file: " + file,
        "SECRET_DEFAULT");
    var node = user.formatted("", "govcloud_node", good);
    refused(
        PRODUCTION + own + node + user.formatted(".views", role, file),
        "cassandra.views.password-file: " + file,
        "SECRET_DEFAULT");
    assertThatCode(() -> check(PRODUCTION + own + node)).doesNotThrowAnyException();
  }

  /** A Cassandra on another machine, with one file for everything. */
  private static String database(Path pem) {
    return """
    govcloud.cassandra {
      contact-points = ["192.0.2.8:9042"]
      authority-file = "%1$s", certificate-file = "%1$s", key-file = "%1$s"
    }
    """
        .formatted(pem);
  }

  @Test
  void keyForCassandra_thatOthersCanRead_isRefusedInEveryMode() throws IOException {
    var pem = folder.resolve("own.pem");
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-r--r--"));
    refused(database(pem), "cassandra.certificate-file: ", "TLS_KEY_EXPOSED");
  }

  @Test
  void production_thatBelievesWhatRequestsSay_isRefused() {
    refused(
        PRODUCTION + own + "govcloud.identity.mode = header-for-tests\n",
        "identity.mode: header-for-tests",
        "IDENTITY_FOR_TESTS");
  }

  @Test
  void production_withKeyThatOthersCanRead_isRefused() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("own.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    refused(PRODUCTION + own, "tls.http.certificate-file: ", "TLS_KEY_EXPOSED");
  }
}
