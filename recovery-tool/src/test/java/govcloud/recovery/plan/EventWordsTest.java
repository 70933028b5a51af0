package govcloud.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.LocalText;
import govcloud.protobuf.journal.CommitCodec;
import govcloud.protobuf.journal.CommitCodecs;
import java.lang.reflect.ParameterizedType;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What would be lost is said in words, whatever happened. */
class EventWordsTest {
  private static Set<String> kindsOfTheJournal() {
    Set<String> kinds = new TreeSet<>();
    for (CommitCodec<?> codec : CommitCodecs.all()) {
      ParameterizedType of = (ParameterizedType) codec.getClass().getGenericSuperclass();
      Class<?> events = (Class<?>) of.getActualTypeArguments()[0];
      for (Class<?> event : events.getPermittedSubclasses()) {
        kinds.add(codec.aggregateType() + "." + event.getSimpleName());
      }
    }
    return kinds;
  }

  @Test
  void everyKindOfTheJournal_hasWords_andNoOther() {
    assertThat(kindsOfTheJournal()).hasSizeGreaterThan(80).isEqualTo(EventWords.kinds());
  }

  @Test
  void everyKind_isSaidInBothLanguages_oneAndSeveral() {
    for (String kind : EventWords.kinds()) {
      LocalText one = EventWords.of(Map.of(kind, 1L));
      LocalText several = EventWords.of(Map.of(kind, 1234L));
      assertThat(one.en()).as(kind).matches("1 [a-z' -]+");
      assertThat(several.en()).as(kind).matches("1,234 [a-z' -]+");
      assertThat(several.zh()).as(kind).matches("\\p{IsHan}+ 1,234 \\p{IsHan}");
    }
  }

  @Test
  void events_areSaidTheMostFrequentFirst() {
    LocalText words =
        EventWords.of(
            new TreeMap<>(Map.of("case.Created", 3L, "operation.Signed", 12L, "case.Lost", 1L)));
    assertThat(words.en()).isEqualTo("12 approvals of operations, 3 cases opened, 1 case.Lost");
    assertThat(words.zh()).isEqualTo("批准作业 12 次，新建案件 3 件，case.Lost 1");
    assertThat(EventWords.of(Map.of())).isEqualTo(new LocalText("无", "nothing"));
  }
}
