package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.ledger.leaf.Entry;
import govcloud.node.http.Client;
import govcloud.node.http.Client.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Queries while the node is killed, and what anybody has seen of it. */
final class KilledExchange {
  private static final int THREADS = 4;

  private final Function<String, Answer> ask;
  private final Map<String, JsonNode> released = new ConcurrentHashMap<>();
  private final Map<String, byte[]> states = new ConcurrentSkipListMap<>();

  /** Reads and checks the proof of an answer's entry. */
  @FunctionalInterface
  interface Proof {
    Entry of(Answer answer) throws Exception;
  }

  /** Asks with the id of a message. */
  KilledExchange(Function<String, Answer> ask) {
    this.ask = ask;
  }

  /** Asks without a pause, kills the node some time after the first answers, waits for the end. */
  void run(String name, Runnable kill, int millis, Client client) throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    int before = released.size();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = name + "-" + thread + "-";
      threads.execute(
          () -> {
            for (int i = 0; !killed.get(); i++) {
              try {
                note(prefix + i, ask.apply(prefix + i));
              } catch (RuntimeException | AssertionError gone) {
                return;
              }
            }
          });
    }
    threads.execute(
        () -> {
          while (!killed.get()) {
            try {
              Answer state = client.send("GET", "/v1/ledger/checkpoint", null);
              if (state.status() == 200) {
                String text = state.response().body();
                states.put(text, text.getBytes(StandardCharsets.UTF_8));
              }
            } catch (RuntimeException | AssertionError gone) {
              return;
            }
          }
        });
    await().atMost(Duration.ofSeconds(30)).until(() -> released.size() > before + 5);
    Thread.sleep(millis);
    kill.run();
    killed.set(true);
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private void note(String message, Answer answer) {
    if (answer.status() == 200) {
      released.put(message, answer.json());
    }
  }

  /** Everything that was let out has the entry that it was let out with, and each its own. */
  void requireEverythingRecorded(Proof proof) throws Exception {
    assertThat(released).hasSizeGreaterThan(15);
    Map<Long, String> places = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : released.entrySet()) {
      JsonNode evidence = one.getValue().path("evidence");
      assertThat(places.put(evidence.path("index").asLong(), one.getKey())).isNull();
      Answer again = ask.apply(one.getKey());
      assertThat(again.status()).as(again.response().body()).isEqualTo(200);
      assertThat(again.json().path("evidence")).isEqualTo(evidence);
      assertThat(again.json().path("replayed").asBoolean()).isTrue();
      assertThat(proof.of(again).id()).isEqualTo(evidence.path("exchange").asText());
    }
  }

  /** States that were seen signed, by their texts. */
  Map<String, byte[]> states() {
    return states;
  }
}
