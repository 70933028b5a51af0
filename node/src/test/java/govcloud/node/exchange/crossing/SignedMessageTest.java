package govcloud.node.exchange.crossing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedMessageTest {

  private static final long SEED = 20261129;

  /** Whether bytes are taken for a message of mountain to harbour. */
  private static boolean isTaken(byte[] bytes) {
    try {
      CrossingSamples.inspection(
              CrossingSamples.HARBOUR, CrossingSamples.MOUNTAIN, CrossingSamples.AT)
          .query(SignedMessage.parse(bytes), CrossingSamples.known(CrossingSamples.MOUNTAIN));
      return true;
    } catch (CrossingException e) {
      return false;
    }
  }

  @Test
  void message_writtenAndRead_isTheSame() throws Exception {
    var query = CrossingSamples.query();
    var read = SignedMessage.parse(query.toBytes());
    assertThat(read).isEqualTo(query);
    assertThat(isTaken(query.toBytes())).isTrue();
    assertThat(read.evidence())
        .containsEntry("cloud", "mountain")
        .containsEntry("signed", query.hash())
        .containsKeys("signer", "signature");
  }

  @Test
  void everyBit_changed_isFound() {
    byte[] bytes = CrossingSamples.query().toBytes();
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThat(isTaken(changed)).as("byte " + at + ", bit " + bit).isFalse();
      }
    }
  }

  @Test
  void everyByte_leftOutOrDoubled_andEveryEnd_isFound() {
    byte[] bytes = CrossingSamples.query().toBytes();
    for (int at = 0; at < bytes.length; at++) {
      byte[] shorter = new byte[bytes.length - 1];
      System.arraycopy(bytes, 0, shorter, 0, at);
      System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
      byte[] longer = new byte[bytes.length + 1];
      System.arraycopy(bytes, 0, longer, 0, at + 1);
      System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
      assertThat(isTaken(shorter)).as("without byte " + at).isFalse();
      assertThat(isTaken(longer)).as("byte " + at + " twice").isFalse();
      assertThat(isTaken(Arrays.copyOf(bytes, at))).as("first " + at).isFalse();
    }
  }

  @Test
  void piecesOfTwoMessages_exchanged_areFound() {
    String one = new String(CrossingSamples.query().toBytes(), StandardCharsets.UTF_8);
    var otherBody = CrossingSamples.body().put("person", "li-si");
    var head = CrossingSamples.head(Head.QUERY, "mountain", "harbour", "");
    String other =
        new String(
            SignedMessage.sign(head, otherBody, CrossingSamples.MOUNTAIN).toBytes(),
            StandardCharsets.UTF_8);
    var random = new Random(SEED);
    assertThat(isTaken(other.getBytes(StandardCharsets.UTF_8))).isTrue();
    for (String member : new String[] {"\"body\":", "\"head\":", "\"signature\":"}) {
      int from = one.indexOf(member);
      int otherFrom = other.indexOf(member);
      String mixed = one.substring(0, from) + other.substring(otherFrom);
      boolean isOther = mixed.equals(other) || mixed.equals(one);
      assertThat(isTaken(mixed.getBytes(StandardCharsets.UTF_8))).as(member).isEqualTo(isOther);
    }
    for (int i = 0; i < 2_000; i++) {
      int cut = random.nextInt(Math.min(one.length(), other.length()));
      String mixed = one.substring(0, cut) + other.substring(cut);
      boolean isWhole = mixed.equals(one) || mixed.equals(other);
      assertThat(isTaken(mixed.getBytes(StandardCharsets.UTF_8)))
          .as("seed " + SEED + ", cut " + cut)
          .isEqualTo(isWhole);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"body\":{},\"head\":{},\"key\":\"\",\"signature\":\"\"}",
        "not json",
        "{\"body\":{\"a\":1.5}}"
      })
  void whatIsNoMessage_read_isRefused(String text) {
    assertThatThrownBy(() -> SignedMessage.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CrossingException.class)
        .hasMessageStartingWith("EXCHANGE_CLOUD_MESSAGE_MALFORMED: ");
  }

  @Test
  void anotherForm_ofTheSameContent_isRefused() {
    String text = new String(CrossingSamples.query().toBytes(), StandardCharsets.UTF_8);
    assertThat(isTaken((text + "\n").getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(isTaken(text.replace("\":\"", "\": \"").getBytes(StandardCharsets.UTF_8))).isFalse();
    int at = text.indexOf("\"signature\":\"") + 13;
    String upper = text.substring(0, at) + text.substring(at).toUpperCase(java.util.Locale.ROOT);
    assertThat(isTaken(upper.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void examples_ofTheProtocol_areMessagesAsTheyAreMade() throws Exception {
    String document = Files.readString(Path.of("../docs/exchange-protocol.md"));
    var query = CrossingSamples.query();
    assertThat(document)
        .contains(new String(query.toBytes(), StandardCharsets.UTF_8))
        .contains(new String(CrossingSamples.answer(query).toBytes(), StandardCharsets.UTF_8));
  }
}
