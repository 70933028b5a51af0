package govcloud.recovery.plan;

import govcloud.domain.catalogue.LocalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What happened, counted by kind, as a person says it. */
public final class EventWords {
  private static final LocalText NOTHING = new LocalText("无", "nothing");
  private static final Properties WORDS = words();

  private EventWords() {}

  private static Properties words() {
    Properties words = new Properties();
    try (InputStream file = EventWords.class.getResourceAsStream("events.properties")) {
      words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kinds of which it has words, such as {@code case.Created}. */
  static Set<String> kinds() {
    return WORDS.stringPropertyNames();
  }

  /**
   * In words, the most frequent first, such as {@code 12 actions taken in cases, 3 cases opened}.
   *
   * @param events how many there are of each kind
   */
  public static LocalText of(Map<String, Long> events) {
    return events.isEmpty()
        ? NOTHING
        : new LocalText(
            listed(events, "，", EventWords::chinese), listed(events, ", ", EventWords::english));
  }

  private static String listed(
      Map<String, Long> events, String between, BiFunction<String, Long, String> words) {
    return events.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(event -> words.apply(event.getKey(), event.getValue()))
        .collect(Collectors.joining(between));
  }

  private static String english(String kind, long count) {
    return "%,d %s".formatted(count, forms(kind).get(count == 1 ? 0 : 1));
  }

  private static String chinese(String kind, long count) {
    return String.format(Locale.ROOT, forms(kind).get(2), count);
  }

  /** An archive of a newer cloud may have kinds that this tool has no words for. */
  private static List<String> forms(String kind) {
    return List.of(WORDS.getProperty(kind, kind + "|" + kind + "|" + kind + " %,d").split("\\|"));
  }
}
