package govcloud.cli.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has the machine keeps the code; the cloud is told its hash alone. */
class RecoverCommandTest {

  private static final String APPROVAL =
      """
      {"operation":"recovery-1","kind":"access.recovery","subject":"security-admin/x/y",
       "status":"waiting_approval","page":"/approvals/recovery-1","host":"localhost",
       "command":"x","challenge":"y","signatures":[]}\
      """;

  @TempDir private Path folder;
  private final TestTerminal terminal = new TestTerminal();

  private int recover(TestApi api, Path codeFile) throws IOException {
    var token = Files.writeString(folder.resolve("token"), "command-line.secret\n");
    return terminal.run(
        "account",
        "recover",
        "security-admin",
        "--reason",
        "lost",
        "--code-file",
        codeFile.toString(),
        "--url",
        api.url(),
        "--token-file",
        token.toString());
  }

  @Test
  void fileThatIsThere_isKept_andNothingIsAsked() throws Exception {
    var file = Files.writeString(folder.resolve("code"), "of an operation that waits\n");
    try (var api = new TestApi(request -> TestApi.Answer.of(500, "{}"))) {
      var status = recover(api, file);
      assertThat(status).isNotZero();
      assertThat(terminal.err()).contains("CODE_FILE_EXISTS");
      assertThat(api.requests()).isEmpty();
      assertThat(file).hasContent("of an operation that waits");
    }
  }

  @Test
  void codeThatIsMade_isInItsFileAlone_andItsHashIsSent() throws Exception {
    var file = folder.resolve("code");
    try (var api =
        new TestApi(
            request ->
                request.method().equals("POST")
                    ? TestApi.Answer.of(202, "{\"operation\":\"recovery-1\",\"page\":\"/a\"}")
                    : TestApi.Answer.of(200, APPROVAL))) {
      var status = recover(api, file);
      assertThat(status).as(terminal.err()).isZero();
      var code = Files.readString(file).strip();
      assertThat(code).matches("([A-Z2-9]{4}-){5}[A-Z2-9]{4}");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(terminal.out() + terminal.err())
          .contains("/approvals/recovery-1")
          .doesNotContain(code);
      var asked = api.requests().get(0);
      assertThat(asked.target()).isEqualTo("/v1/accounts/security-admin/recovery");
      var hash =
          MessageDigest.getInstance("SHA-256").digest(code.replace("-", "").getBytes(US_ASCII));
      assertThat(asked.body().path("code_hash").asText()).isEqualTo(HexFormat.of().formatHex(hash));
    }
  }
}
