package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static HttpAnswer read(String text) throws IOException {
    return HttpAnswer.read(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhello",
        "content-length:5\r\nX: y\r\n\r\nhello and more",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n",
        "Connection: close\r\n\r\nhello",
        "\r\nhello"
      })
  void answer_inAnyOfItsForms_isTheSame(String rest) throws Exception {
    assertThat(read(OK + rest).body().toString(ISO_8859_1)).isEqualTo("hello");
  }

  @Test
  void type_isWithoutItsParameters() throws Exception {
    var answer = read("HTTP/1.0 404 Not here\nContent-Type: Application/JSON; charset=utf-8\n\n");
    assertThat(answer.type()).isEqualTo("application/json");
    assertThat(answer.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\n\r\nhell",
        "Content-Length: -5\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhel\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n",
        "no header\r\n\r\n",
        "X: y"
      })
  void answerThatIsCutOrAmbiguous_isNone(String rest) {
    assertThatThrownBy(() -> read(OK + rest))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpAnswer.TooLargeException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 11\r\n\r\nhello hello",
        "Content-Length: 999999999999\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n",
        "\r\nhello hello"
      })
  void answerThatIsTooLarge_isToldBeforeItIsRead(String rest) {
    assertThatThrownBy(() -> read(OK + rest))
        .isInstanceOf(HttpAnswer.TooLargeException.class)
        .hasMessage("answer: too large (expected: <= 10 bytes)");
  }

  @Test
  void whatIsNotHttp_isNoAnswer() {
    for (String text :
        new String[] {"", "SSH-2.0\r\n\r\n", "HTTP/2 200\r\n\r\n", "x".repeat(9_000)}) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }
  }
}
