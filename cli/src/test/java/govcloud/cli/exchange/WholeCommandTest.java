package govcloud.cli.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.TestApi;
import govcloud.cli.TestTerminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeCommandTest {
  private static final String LINES = "{\"record\":{\"a\":1},\"index\":4}\n";

  @TempDir private Path folder;
  private Path token;
  private Path target;
  private final TestTerminal terminal = new TestTerminal();

  @BeforeEach
  void writeToken() throws IOException {
    token = Files.writeString(folder.resolve("token"), "secret\n");
    target = folder.resolve("got");
  }

  private int run(TestApi api, String... arguments) {
    List<String> all = new ArrayList<>(List.of("exchange"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--tenant=roads", "--to=" + target, "--idempotency-key=k-1"));
    all.addAll(List.of("--url", api.url(), "--token-file", token.toString()));
    return terminal.run(all.toArray(new String[0]));
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String end(int records, String lines) throws Exception {
    return "{\"end\":{\"records\":%d,\"sha256\":\"%s\"}}\n"
        .formatted(records, HexFormat.of().formatHex(sha256(lines)));
  }

  @Test
  void batch_thatIsWhole_isWrittenWithoutItsLastLine() throws Exception {
    String answer = LINES + end(1, LINES);
    try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, answer))) {
      assertThat(run(api, "batch", "deaths", "--case=permits/c-1", "--subject=9")).isZero();
      TestApi.Request sent = api.requests().get(0);
      assertThat(sent.method() + " " + sent.target() + " " + sent.key())
          .isEqualTo("POST /v1/tenants/roads/exchange/deaths/batch k-1");
      assertThat(sent.body().toString())
          .isEqualTo(
              "{\"case\":{\"app\":\"permits\",\"case\":\"c-1\"},\"subject\":{\"number\":\"9\"}}");
    }
    assertThat(target).hasContent(LINES.strip());
    assertThat(terminal.out() + terminal.err()).contains("1 records");
  }

  @Test
  void batch_thatIsStillOnItsWay_isWaitedFor() throws Exception {
    String answer = LINES + end(1, LINES);
    String problem = "{\"code\":\"EXCHANGE_BATCH_UNDER_WAY\",\"detail\":\"batch: not all of it\"}";
    AtomicInteger asked = new AtomicInteger();
    try (TestApi api =
        new TestApi(
            request ->
                asked.incrementAndGet() < 2
                    ? new TestApi.Answer(503, problem, "Retry-After", "1")
                    : TestApi.Answer.of(200, answer))) {
      assertThat(run(api, "batch", "deaths")).isZero();
      assertThat(api.requests()).hasSize(2).allMatch(sent -> sent.key().equals("k-1"));
    }
    assertThat(target).hasContent(LINES.strip());
  }

  @Test
  void batch_thatIsNotWhole_isNotTakenForIt() throws Exception {
    String refusal = "{\"refusal\":{\"code\":\"EXCHANGE_QUOTA_USED\",\"detail\":\"d\"}}\n";
    for (String answer :
        List.of(LINES, LINES + end(2, LINES), LINES + end(1, "x"), LINES + refusal)) {
      try (TestApi api = new TestApi(request -> TestApi.Answer.of(200, answer))) {
        assertThat(run(api, "batch", "deaths")).as(answer).isNotZero();
      }
      assertThat(target).doesNotExist();
    }
    assertThat(terminal.err()).contains("EXCHANGE_QUOTA_USED");
  }

  @Test
  void file_ofWhichAPartHasCome_isGoneOnWith() throws Exception {
    String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256("abcdef")) + ":";
    Files.writeString(folder.resolve("got.part"), "abc");
    try (TestApi api =
        new TestApi(request -> new TestApi.Answer(200, "def", "Repr-Digest", digest))) {
      assertThat(run(api, "file", "figures")).isZero();
      assertThat(api.requests().get(0).target())
          .isEqualTo("/v1/tenants/roads/exchange/figures/file?from=3");
    }
    assertThat(target).hasContent("abcdef");
  }

  private static TestApi.Answer beingRead() {
    String problem =
        "{\"code\":\"EXCHANGE_FILE_BEING_READ\",\"detail\":\"file: 5 of 9 bytes read\"}";
    return new TestApi.Answer(503, problem, "Retry-After", "1");
  }

  @Test
  void file_thatIsStillRead_isWaitedFor_andItIsToldHowFarItIs() throws Exception {
    String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256("abc")) + ":";
    AtomicInteger asked = new AtomicInteger();
    try (TestApi api =
        new TestApi(
            request ->
                asked.incrementAndGet() < 3
                    ? beingRead()
                    : new TestApi.Answer(200, "abc", "Repr-Digest", digest))) {
      assertThat(run(api, "file", "figures")).isZero();
      assertThat(api.requests()).hasSize(3).allMatch(sent -> sent.key().equals("k-1"));
    }
    assertThat(target).hasContent("abc");
    assertThat(terminal.err()).contains("file: 5 of 9 bytes read");
  }

  @Test
  void file_thatIsReadForTooLong_isNotWaitedFor() throws Exception {
    try (TestApi api = new TestApi(request -> beingRead())) {
      assertThat(run(api, "file", "figures", "--wait=2")).isEqualTo(9);
      assertThat(api.requests()).hasSizeBetween(1, 3);
    }
    assertThat(target).doesNotExist();
    assertThat(terminal.err()).contains("EXCHANGE_FILE_BEING_READ");
  }

  @Test
  void file_ofAnotherDigest_isRemoved() throws Exception {
    try (TestApi api =
        new TestApi(request -> new TestApi.Answer(200, "def", "Repr-Digest", "sha-256=:eA==:"))) {
      assertThat(run(api, "file", "figures")).isNotZero();
    }
    assertThat(target).doesNotExist();
    assertThat(folder.resolve("got.part")).doesNotExist();
    assertThat(terminal.err()).contains("FILE_NOT_WHOLE");
  }
}
