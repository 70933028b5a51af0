package govcloud.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.PkiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named connections: kept, used, and each with a session of its own. */
final class ContextCommandTest {
  private static final String BEGUN =
      "{\"token\":\"secret-%s\",\"session\":{\"session\":\"s\",\"ends_at\":\"2026-03-02T01:00:00Z\"}}";

  @TempDir private Path home;
  private TestTerminal terminal = new TestTerminal();

  private int run(String... words) {
    return run(Map.of(), "", words);
  }

  private int run(Map<String, String> variables, String input, String... words) {
    terminal = new TestTerminal(false, input, variables);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  private JsonNode shown() throws IOException {
    return new ObjectMapper().readTree(terminal.out());
  }

  /** A cloud of a name, which lets everybody in and says who it is. */
  private static TestApi cloud(String name) throws IOException {
    return new TestApi(
        request ->
            TestApi.Answer.of(
                200,
                request.method().equals("POST")
                    ? BEGUN.formatted(name)
                    : "{\"account\":\"" + name + "\",\"items\":[]}"));
  }

  private Path session(String context) {
    return home.resolve("contexts").resolve(context).resolve("session");
  }

  @Test
  void contexts_addedUsedShownAndRemoved_areListed() throws IOException {
    assertThat(run("context", "add", "city", "--url", "https://city.test:7070", "--use")).isZero();
    assertThat(
            run("context", "add", "port", "--url", "https://a:1,https://b:2", "--tenant", "docks"))
        .isZero();
    assertThat(run("context", "list", "-o", "json")).isZero();
    assertThat(shown().path("items").findValuesAsText("context"))
        .containsExactly("local", "city", "port");
    assertThat(shown().path("items").findValuesAsText("used"))
        .containsExactly("false", "true", "false");
    assertThat(run("context", "show", "port", "-o", "json")).isZero();
    assertThat(shown().path("urls")).hasSize(2);
    assertThat(shown().path("tenant").asText()).isEqualTo("docks");
    assertThat(run("context", "remove", "city")).isZero();
    assertThat(session("city").getParent()).doesNotExist();
    assertThat(run("context", "show", "-o", "json")).isZero();
    assertThat(shown().path("context").asText()).isEqualTo("local");
  }

  @Test
  void whatCannotBe_isRefusedWithItsCode() throws IOException {
    assertThat(run("context", "use", "nowhere")).isEqualTo(3);
    assertThat(terminal.err()).contains("CONTEXT_UNKNOWN");
    assertThat(run("whoami", "--context", "nowhere")).isEqualTo(3);
    for (String url : List.of("http://city.test", "city.test", "https://me:word@city.test")) {
      assertThat(run("context", "add", "city", "--url", url)).as(url).isEqualTo(2);
      assertThat(terminal.err()).contains("CONTEXT_INVALID");
    }
    for (String name : List.of("local", "../up", "City", "a/b", "current.json")) {
      assertThat(run("context", "add", name, "--url", "https://c")).as(name).isEqualTo(2);
    }
    Path broken = Files.writeString(home.resolve("ca.pem"), "no certificate");
    assertThat(run("context", "add", "city", "--url", "https://c", "--ca-file", broken.toString()))
        .isEqualTo(2);
    assertThat(terminal.err()).contains("TLS_CERTIFICATE_UNREADABLE");
    assertThat(run("context", "add", "city", "--url", "https://c")).isZero();
    assertThat(run("context", "add", "city", "--url", "https://d")).isEqualTo(6);
    assertThat(terminal.err()).contains("CONTEXT_EXISTS");
    assertThat(run("whoami", "--context", "city", "--url", "https://d")).isEqualTo(2);
    assertThat(terminal.err()).contains("expected: one of them");
    assertThat(run("context", "remove", "local")).isEqualTo(2);
  }

  @Test
  void folderOfBefore_isNotTakenForANewContext_andOthersAreNotListed() throws IOException {
    Files.createDirectories(session("city").getParent());
    Files.writeString(session("city"), "secret-of-another");
    Files.createDirectories(home.resolve("contexts").resolve("city.bak"));
    assertThat(run("context", "add", "city", "--url", "https://c")).isEqualTo(6);
    assertThat(terminal.err()).contains("CONTEXT_EXISTS", "delete it first");
    assertThat(session("city")).hasContent("secret-of-another");
    assertThat(run("context", "list")).isZero();
  }

  @Test
  void keys_areChangedInTheUsedContextOnlyWhereItIsNamed() throws IOException {
    try (TestApi city = cloud("city")) {
      assertThat(run("context", "add", "city", "--url", city.url(), "--use")).isZero();
      assertThat(run(Map.of(), "word\n123456\n", "login", "zhang-san")).isZero();
      String drill = home.resolve("drill.key").toString();
      for (List<String> words :
          List.of(List.of("keys", "rotate", "--signing"), List.of("keys", "drill", drill))) {
        assertThat(run(words.toArray(String[]::new))).isEqualTo(2);
        assertThat(terminal.err()).contains("CONTEXT_NOT_NAMED", "--context local");
      }
      assertThat(city.requests()).hasSize(1);
      run("keys", "rotate", "--signing", "--context", "city");
      assertThat(city.requests()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void authority_added_isCopied() throws PkiException {
    DevelopmentPki pki =
        new DevelopmentPki(home.resolve("pki"), Clock.systemUTC(), new SecureRandom());
    pki.ensure(DevelopmentPki.Door.PUBLIC, "city", List.of("localhost"));
    Path authority = DevelopmentPki.authority(home.resolve("pki"), DevelopmentPki.Door.PUBLIC);
    assertThat(
            run("context", "add", "city", "--url", "https://c", "--ca-file", authority.toString()))
        .isZero();
    assertThat(session("city").resolveSibling("authority.pem")).hasSameTextualContentAs(authority);
  }

  @Test
  void twoClouds_signedInTo_haveASessionEach() throws IOException {
    try (TestApi city = cloud("city");
        TestApi port = cloud("port")) {
      assertThat(run("context", "add", "city", "--url", city.url(), "--use")).isZero();
      assertThat(run("context", "add", "port", "--url", port.url())).isZero();
      assertThat(run("whoami")).isEqualTo(4);
      assertThat(terminal.err()).contains("TOKEN_MISSING").contains("--context city");
      assertThat(run(Map.of(), "word\n123456\n", "login", "zhang-san")).isZero();
      assertThat(run(Map.of(), "word\n123456\n", "login", "li-si", "--context", "port")).isZero();
      assertThat(session("city")).hasContent("secret-city");
      assertThat(session("port")).hasContent("secret-port");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session("city"))))
          .isEqualTo("rw-------");
      Path folder = session("city").getParent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
          .isEqualTo("rwx------");
      assertThat(run("whoami", "-o", "json")).isZero();
      assertThat(shown().path("account").asText()).isEqualTo("city");
      // What is named for one run goes before what is used.
      Map<String, String> variable = Map.of("GOVCLOUD_CONTEXT", "port");
      assertThat(run(variable, "", "whoami", "-o", "json")).isZero();
      assertThat(shown().path("account").asText()).isEqualTo("port");
      assertThat(run(variable, "", "whoami", "--context", "city", "-o", "json")).isZero();
      assertThat(shown().path("account").asText()).isEqualTo("city");
      assertThat(run("context", "remove", "port")).isEqualTo(6);
      assertThat(terminal.err()).contains("CONTEXT_SIGNED_IN");
      assertThat(run("logout", "--context", "port")).isZero();
      assertThat(session("port")).doesNotExist();
      assertThat(session("city")).exists();
      assertThat(port.requests()).extracting(TestApi.Request::method).endsWith("DELETE");
      assertThat(run("context", "remove", "port")).isZero();
      assertThat(run("context", "remove", "city", "--force")).isZero();
    }
  }

  @Test
  void sessionThatOthersCanRead_isNotShownToTheCloud() throws IOException {
    try (TestApi city = cloud("city")) {
      assertThat(run("context", "add", "city", "--url", city.url(), "--use")).isZero();
      assertThat(run(Map.of(), "word\n123456\n", "login", "zhang-san")).isZero();
      Files.setPosixFilePermissions(session("city"), PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(run("whoami")).isEqualTo(4);
      assertThat(terminal.err()).contains("CONTEXT_SESSION_EXPOSED").contains("rw-r--r--");
      assertThat(city.requests()).hasSize(1);
    }
  }

  @Test
  void anotherAddress_asked_doesNotGetTheSessionOfTheUsedContext() throws IOException {
    try (TestApi city = cloud("city");
        TestApi other = cloud("other")) {
      assertThat(run("context", "add", "city", "--url", city.url(), "--use")).isZero();
      assertThat(run(Map.of(), "word\n123456\n", "login", "zhang-san")).isZero();
      assertThat(run("whoami", "--url", other.url())).isEqualTo(4);
      assertThat(run(Map.of("GOVCLOUD_URL", other.url()), "", "whoami")).isNotZero();
      assertThat(other.requests()).isEmpty();
      // Nor does the cloud of a context get the key that a variable names for another one.
      Path key = Files.writeString(home.resolve("key"), "other-key");
      assertThat(run("logout")).isZero();
      assertThat(run(Map.of("GOVCLOUD_TOKEN_FILE", key.toString()), "", "whoami")).isEqualTo(4);
    }
  }

  @Test
  void dot_forADepartment_isTheOneOfTheContext() throws IOException {
    try (TestApi city = cloud("city")) {
      run("context", "add", "city", "--url", city.url(), "--tenant", "transport", "--use");
      assertThat(run(Map.of(), "word\n123456\n", "login", "zhang-san")).isZero();
      assertThat(run("case", "list", ".", "permits")).isZero();
      assertThat(run("account", "list", "--tenant", ".")).isZero();
      run("replication", "orphans", "--tenant", ".");
      run("resource", "show", ".", "ships");
      assertThat(city.requests())
          .extracting(TestApi.Request::target)
          .anyMatch(target -> target.startsWith("/v1/tenants/transport/apps/permits/cases"))
          .anyMatch(target -> target.endsWith("&tenant=transport"))
          .anyMatch(target -> target.contains("orphans") && target.contains("tenant=transport"))
          .anyMatch(target -> target.contains("/transport/") && target.contains("/ships"));
      run("context", "add", "bare", "--url", city.url(), "--use");
      assertThat(run("case", "list", ".", "permits")).isEqualTo(2);
      assertThat(terminal.err()).contains("CONTEXT_TENANT_MISSING").contains("bare");
    }
  }
}
