package govcloud.cli.casework;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaterialCommandsTest {
  private static final String ADDRESS = "ab".repeat(32);
  private static final String CASE =
      "{\"materials\":[{\"name\":\"plan\",\"kind\":\"copy\",\"required\":true,\"received\":true,"
          + "\"attachment\":{\"address\":\""
          + ADDRESS
          + "\",\"media_type\":\"text/plain\",\"length\":5,\"file_name\":\"plan.txt\"}},"
          + "{\"name\":\"form\",\"kind\":\"copy\",\"required\":true,\"received\":false}]}";

  @TempDir private Path folder;
  private Path token;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret\n");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  private static TestApi.Answer answer(TestApi.Request request) {
    String path = request.target();
    if (path.endsWith("/attachments")) {
      return TestApi.Answer.of(
          201, "{\"address\":\"" + ADDRESS + "\",\"media_type\":\"text/plain\",\"length\":5}");
    }
    if (path.endsWith("/attachments/" + ADDRESS)) {
      return TestApi.Answer.of(200, "hello");
    }
    return TestApi.Answer.of(
        200,
        request.method().equals("GET")
            ? CASE
            : "{\"id\":\"case/x\",\"version\":2,\"status\":\"accepted\",\"at\":\"2026-01-01T00:00:00Z\"}");
  }

  @Test
  void file_attached_isSentAndThenNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("plan.txt"), "hello");
    try (TestApi api = new TestApi(MaterialCommandsTest::answer)) {
      int code = run(api, "case", "attach", "t", "a", "c-1", "plan", "" + file, "--as", "li:clerk");
      assertThat(code).as(terminal.err()).isZero();
      TestApi.Request sent = api.requests().get(0);
      assertThat(sent.target()).isEqualTo("/v1/tenants/t/attachments");
      assertThat(sent.body().asText()).isEqualTo("hello");
      assertThat(sent.actingAs()).contains("role=clerk");
      TestApi.Request named = api.requests().get(1);
      assertThat(named.target()).isEqualTo("/v1/tenants/t/apps/a/cases/c-1/materials");
      assertThat(named.body().at("/attachment/address").asText()).isEqualTo(ADDRESS);
      assertThat(named.body().at("/attachment/file_name").asText()).isEqualTo("plan.txt");
      assertThat(named.body().path("received").asBoolean()).isTrue();
    }
    assertThat(terminal.err()).contains("Sending").contains("5 bytes");
  }

  @Test
  void fileThatCannotBeSent_attached_saysWhy() throws Exception {
    Path strange = Files.writeString(folder.resolve("plan.exe"), "hello");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");
    try (TestApi api = new TestApi(MaterialCommandsTest::answer)) {
      assertThat(run(api, "case", "attach", "t", "a", "c-1", "plan", "" + strange)).isEqualTo(2);
      assertThat(terminal.err()).contains("give --type");
      assertThat(run(api, "case", "attach", "t", "a", "c-1", "plan", "" + empty)).isEqualTo(1);
      assertThat(run(api, "case", "attach", "t", "a", "c-1", "p", "none.pdf")).isEqualTo(1);
      assertThat(terminal.err()).contains("Cannot read none.pdf");
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void content_downloaded_isWrittenOnce() throws Exception {
    Path target = folder.resolve("copy.txt");
    try (TestApi api = new TestApi(MaterialCommandsTest::answer)) {
      assertThat(run(api, "case", "download", "t", "a", "c-1", "plan", "--to", "" + target))
          .as(terminal.err())
          .isZero();
      assertThat(target).hasContent("hello");
      assertThat(run(api, "case", "download", "t", "a", "c-1", "plan", "--to", "" + target))
          .isEqualTo(6);
      assertThat(run(api, "case", "download", "t", "a", "c-1", "form")).isEqualTo(3);
    }
  }

  @Test
  void problem_downloaded_leavesNoFile() throws Exception {
    Path target = folder.resolve("copy.txt");
    try (TestApi api =
        new TestApi(
            request ->
                request.target().contains("/attachments/")
                    ? TestApi.Answer.of(
                        500, "{\"code\":\"ATTACHMENT_DAMAGED\",\"detail\":\"damaged\"}")
                    : answer(request))) {
      assertThat(run(api, "case", "download", "t", "a", "c-1", "plan", "--to", "" + target))
          .isEqualTo(1);
    }
    assertThat(terminal.err()).contains("damaged");
    assertThat(target).doesNotExist();
  }

  @Test
  void materials_listed_nameTheirFiles() throws Exception {
    try (TestApi api = new TestApi(MaterialCommandsTest::answer)) {
      assertThat(run(api, "case", "materials", "t", "a", "c-1")).isZero();
    }
    assertThat(terminal.out()).contains("plan.txt").contains("form");
  }
}
