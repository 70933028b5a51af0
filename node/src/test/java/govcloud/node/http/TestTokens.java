package govcloud.node.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** A token file and settings that listen on a free port. */
final class TestTokens {

  static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private TestTokens() {}

  static Path write(Path folder, String permissions) throws IOException {
    var file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  static HttpSettings settings(Path token) {
    return new HttpSettings(
        "127.0.0.1",
        0,
        token,
        1 << 20,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(1),
        100,
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        1,
        0,
        0,
        50,
        Duration.ofSeconds(2),
        List.of(),
        Duration.ofSeconds(1),
        16,
        512,
        8);
  }
}
