package govcloud.node.page;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.http.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.Cookie;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageCookieTest {

  @TempDir private Path folder;
  private PageCookie cookie;

  @BeforeEach
  void token() throws Exception {
    var file = folder.resolve("token");
    Files.writeString(file, "0123456789abcdef0123456789abcdef\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    cookie = new PageCookie(Token.read(file));
  }

  private static HttpRequest with(String name, String value) {
    return HttpRequest.GET("/").addHeader(Cookie.create(name, value));
  }

  private String value() {
    return cookie.header(true).replaceAll("^[^=]*=|;.*$", "");
  }

  @Test
  void byHttps_isBoundToTheHost() {
    assertThat(cookie.header(true))
        .startsWith("__Host-govcloud-page=")
        .contains("; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict")
        .doesNotContain("Domain");
    assertThat(cookie.isIn(with("__Host-govcloud-page", value()), true)).isTrue();
    assertThat(cookie.isIn(with("__Host-govcloud-page", value() + "x"), true)).isFalse();
    assertThat(cookie.isIn(with("govcloud-page", value()), true)).isFalse();
  }

  @Test
  void withoutTls_hasTheNameThatBrowsersTakeThere() {
    assertThat(cookie.header(false)).startsWith("govcloud-page=").doesNotContain("Secure");
    assertThat(cookie.isIn(with("govcloud-page", value()), false)).isTrue();
  }
}
