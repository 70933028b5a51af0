package govcloud.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests are followed over any division of their bytes, and faults found at the same byte. */
class RequestBytesTest {

  private static final int DIVISIONS = 200;
  private static final int STREAMS = 2_000;
  private static final int MOST_REQUESTS = 6;
  private static final String HEAD = "POST /v1/x HTTP/1.1\r\nHost: a\r\n";

  /** What became of a stream. */
  private record Followed(HeadFault fault, int passed, long heads, boolean inHead) {}

  private static Followed follow(byte[] stream, Random chance) {
    var requests = new RequestBytes();
    var at = 0;
    while (at < stream.length && requests.fault() == null) {
      var piece = 1 + (chance == null ? stream.length : chance.nextInt(40));
      var length = Math.min(piece, stream.length - at);
      at += requests.follow(ByteBuffer.wrap(stream, at, length));
    }
    return new Followed(requests.fault(), at, requests.heads(), requests.isInHead());
  }

  private static byte[] bytes(String text) {
    return text.replace("^", "\r\n").replace("|", "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A request that has one meaning; its body may look like anything. */
  private static String request(Random chance) {
    var body = "GET / HTTP/1.1\n X: y\r\nContent-Length: 7\r\n\r\n".repeat(chance.nextInt(3));
    var host = "Host: a" + " ".repeat(chance.nextInt(3)) + "\r\n";
    var empty = "\r\n".repeat(chance.nextInt(2));
    return switch (chance.nextInt(4)) {
      case 0 -> empty + "GET /?q=" + chance.nextInt() + " HTTP/1.1\r\n" + host + "\r\n";
      case 1 ->
          "POST / HTTP/1.1\r\n"
              + host
              + "CONTENT-length:\t"
              + body.length()
              + " \r\nContent-Lengths: x\r\nX-Content-Length: 99\r\n\r\n"
              + body;
      case 2 -> "PUT / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n";
      default -> chunked(host, body, chance);
    };
  }

  private static String chunked(String host, String body, Random chance) {
    var text =
        new StringBuilder("PUT / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n" + host + "\r\n");
    for (int i = chance.nextInt(4); i > 0 && !body.isEmpty(); i--) {
      text.append(Integer.toHexString(body.length()))
          .append(chance.nextBoolean() ? ";a=b" : "")
          .append("\r\n")
          .append(body)
          .append("\r\n");
    }
    return text + "0\r\n" + (chance.nextBoolean() ? "Content-Length: 5\r\nA: b\r\n" : "") + "\r\n";
  }

  @Test
  void requestsOfOneMeaning_howeverDivided_passWhole() {
    for (int seed = 0; seed < STREAMS; seed++) {
      var chance = new Random(seed);
      var count = chance.nextInt(MOST_REQUESTS) + 1;
      var text = new StringBuilder();
      for (int i = 0; i < count; i++) {
        text.append(request(chance));
      }
      var stream = bytes(text.toString());
      assertThat(follow(stream, chance))
          .as("seed %d: %s", seed, text)
          .isEqualTo(new Followed(null, stream.length, count, false));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GET / HTTP/1.1|Host: a^^; BARE_LF; 14",
        "GET / HTTP/1.1^Host: a|^; BARE_LF; 23",
        "GET / HTTP/1.1^Host: a^X|^; BARE_LF; 26",
        "GET / HTTP/1.1^Host: a^|; BARE_LF; 25",
      })
  void lineFeedAlone_isFoundAtItsByte(String stream, HeadFault fault, int at) {
    assertFault(bytes(stream), fault, at);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "X: y^ z^^; FOLDED_HEADER",
        "X: y^\tz^^; FOLDED_HEADER",
        "Content-Length : 5^^; SPACE_IN_NAME",
        "Content-Length: 5^Content-Length: 5^^; LENGTH_TWICE",
        "Content-Length: 5^X: y^content-length: 6^^; LENGTH_TWICE",
        "Content-Length: 5, 5^^; LENGTH_MALFORMED",
        "Content-Length: +5^^; LENGTH_MALFORMED",
        "Content-Length: -5^^; LENGTH_MALFORMED",
        "Content-Length: 5 5^^; LENGTH_MALFORMED",
        "Content-Length:^^; LENGTH_MALFORMED",
        "Content-Length: 0x5^^; LENGTH_MALFORMED",
        "Content-Length: 1234567890123456789^^; LENGTH_MALFORMED",
        "Content-Length: 5^Transfer-Encoding: chunked^^; LENGTH_AND_CODING",
        "Transfer-Encoding: chunked^Content-Length: 5^^; LENGTH_AND_CODING",
        "Transfer-Encoding: chunked^Transfer-Encoding: chunked^^; CODING_UNKNOWN",
        "Transfer-Encoding: gzip, chunked^^; CODING_UNKNOWN",
        "Transfer-Encoding: xchunked^^; CODING_UNKNOWN",
        "Transfer-Encoding: chunked x^^; CODING_UNKNOWN",
        "Transfer-Encoding: chunk^^; CODING_UNKNOWN",
        "Transfer-Encoding:^^; CODING_UNKNOWN",
        "Transfer-Encoding: chunked^^G^; CHUNK_MALFORMED",
        "Transfer-Encoding: chunked^^^; CHUNK_MALFORMED",
        "Transfer-Encoding: chunked^^5 ^hello^0^^; CHUNK_MALFORMED",
        "Transfer-Encoding: chunked^^-5^hello^0^^; CHUNK_MALFORMED",
        "Transfer-Encoding: chunked^^1234567890abcdef^; CHUNK_MALFORMED",
        "Transfer-Encoding: chunked^^5^helloX^0^^; CHUNK_MALFORMED",
        "Transfer-Encoding: chunked^^5|hello^0^^; BARE_LF",
        "'Transfer-Encoding: chunked^^5;a|hello^0^^'; BARE_LF",
        "Transfer-Encoding: chunked^^5^hello|0^^; BARE_LF",
        "Transfer-Encoding: chunked^^0^A: b|^; BARE_LF",
        "Transfer-Encoding: chunked^^0^A: b^ c^^; FOLDED_HEADER",
      })
  void twoMeanings_howeverDivided_areFoundAtTheSameByte(String rest, HeadFault fault) {
    assertFault(bytes(HEAD.replace("\r\n", "^") + rest), fault, -1);
  }

  @Test
  void carriageReturnAlone_isFound() {
    assertFault(
        "GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        HeadFault.BARE_CR,
        21);
  }

  private static void assertFault(byte[] stream, HeadFault fault, int at) {
    var whole = follow(stream, null);
    assertThat(whole.fault()).isEqualTo(fault);
    if (at >= 0) {
      assertThat(whole.passed()).isEqualTo(at);
    }
    for (int seed = 0; seed < DIVISIONS; seed++) {
      assertThat(follow(stream, new Random(seed))).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void anything_isFollowedToItsEndOrAFault_asWholeAndInPieces() {
    var letters =
        "GET / HTTP/1.1\r\n\r\nContent-Length: 3Transfer-Encoding: chunked0;\t\n:".toCharArray();
    for (int seed = 0; seed < STREAMS; seed++) {
      var chance = new Random(seed);
      var stream = new byte[chance.nextInt(300)];
      for (int i = 0; i < stream.length; i++) {
        stream[i] = (byte) letters[chance.nextInt(letters.length)];
      }
      var whole = follow(stream, null);
      assertThat(follow(stream, chance)).as("seed %d", seed).isEqualTo(whole);
      assertThat(whole.fault() != null || whole.passed() == stream.length).isTrue();
    }
  }

  @Test
  void head_thatHasBegun_isKnownUntilItHasEnded() {
    var requests = new RequestBytes();
    assertThat(requests.isInHead()).isFalse();
    requests.follow(ByteBuffer.wrap(bytes("G")));
    assertThat(requests.isInHead()).isTrue();
    requests.follow(ByteBuffer.wrap(bytes("ET / HTTP/1.1^Content-Length: 3^")));
    assertThat(requests.isInHead()).isTrue();
    requests.follow(ByteBuffer.wrap(bytes("^")));
    assertThat(requests.isInHead()).as("the body is another matter").isFalse();
    requests.follow(ByteBuffer.wrap(bytes("abc")));
    assertThat(requests.isInHead()).isFalse();
    requests.follow(ByteBuffer.wrap(bytes("^")));
    assertThat(requests.isInHead()).as("also by an empty line").isTrue();
  }
}
