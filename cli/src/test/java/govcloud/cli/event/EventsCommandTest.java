package govcloud.cli.event;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventsCommandTest {
  @TempDir private Path folder;

  @Test
  void stream_read_givesEventsWithIdAndData() throws IOException {
    String text = ": hello\n\nid: 3-1\nevent: x\ndata: {\"a\":\ndata: 1}\n\ndata: {}\n\nid: 4\n\n";
    EventStream stream =
        new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(stream.next()).isEqualTo(new EventStream.Event("3-1", "{\"a\":\n1}"));
    assertThat(stream.next()).isEqualTo(new EventStream.Event("", "{}"));
    assertThat(stream.next()).isNull();
    stream.close();
  }

  @Test
  void endOfTheRight_isTheEndOfTheStream() throws IOException {
    EventStream stream =
        new EventStream(
            new ByteArrayInputStream(
                "id: 1\nevent: x\ndata: {}\n\nevent: end\ndata: {\"code\":\"TOKEN_WRONG\"}\n\n"
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(stream.next()).isEqualTo(new EventStream.Event("1", "{}"));
    assertThat(stream.next()).isNull();
  }

  @Test
  void lostStream_followed_goesOnAfterTheLastEvent() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    int[] count = {0};
    TestTerminal terminal = new TestTerminal();
    try (TestApi api =
        new TestApi(
            request -> {
              count[0]++;
              return TestApi.Answer.of(
                  200, "id: 0-" + count[0] + "\ndata: {\"n\":" + count[0] + "}\n\n");
            })) {
      int code =
          terminal.run(
              "events",
              "--for",
              "1",
              "--type",
              "govcloud.case",
              "-o",
              "jsonl",
              "--url",
              api.url(),
              "--token-file",
              token.toString());
      assertThat(code).isZero();
      assertThat(terminal.out()).contains("{\"n\":1}").contains("{\"n\":2}");
      assertThat(api.requests().get(0).target()).contains("type=govcloud.case");
    }
  }
}
