package govcloud.journal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host knows of the ends of entities. */
class HeadsTest {

  private final Heads heads = new Heads(10, entity -> false);
  private final List<Entry> chain = TestHost.chain("case/a", 3);

  @Test
  void nothingKnown_headOfChunks_isLearnt() {
    heads.learn("case/a", chain.get(1).head());
    assertThat(heads.of("case/a")).isEqualTo(chain.get(1).head());
    assertThat(heads.absorb(chain.get(2))).isTrue();
  }

  /**
   * A host that was overtaken reads chunks that its successor wrote, and then its own last rows.
   */
  @Test
  void headKnown_laterOneOfChunks_makesNoRecordOfTheLogWrong() {
    heads.absorb(chain.get(0));
    heads.learn("case/a", chain.get(2).head());
    assertThat(heads.absorb(chain.get(1))).isTrue();
    assertThat(heads.damage("case/a")).isNull();
    assertThat(heads.of("case/a")).isEqualTo(chain.get(1).head());
  }

  @Test
  void recordThatDoesNotFollow_isDamage() {
    heads.absorb(chain.get(0));
    assertThat(heads.absorb(chain.get(2))).isFalse();
    assertThat(heads.damage("case/a").sequence()).isEqualTo(3);
  }
}
