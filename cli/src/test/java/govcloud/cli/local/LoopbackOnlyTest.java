package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopbackOnlyTest {
  private final LoopbackOnly guard = new LoopbackOnly();

  @Test
  void connection_isRefusedUnlessItStaysHere() {
    for (String host : new String[] {"127.0.0.1", "127.1.2.3", "localhost", "::1"}) {
      assertThatCode(() -> guard.checkConnect(host, 80)).as(host).doesNotThrowAnyException();
    }
    for (String host :
        new String[] {
          "192.0.2.1", "10.0.0.1", "0.0.0.0", "127.0.0.1.example", "::2", "a.example"
        }) {
      assertThatThrownBy(() -> guard.checkConnect(host, 80))
          .as(host)
          .isInstanceOf(SecurityException.class)
          .hasMessageContaining("expected: to loopback alone");
    }
  }

  /** In a JVM that has it from the start, as a drill's node: every way out of the JDK is closed. */
  @Test
  void guardedProgram_getsNowhere() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.security.manager=allow",
                "-cp",
                System.getProperty("java.class.path"),
                GuardedMain.class.getName())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(out.lines())
        .containsExactly(
            "socket refused",
            "channel refused",
            "http refused",
            "name refused",
            "datagram refused",
            "loopback answered");
  }
}
