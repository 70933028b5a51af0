package govcloud.journal.reader;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.core.Batch;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

  private final InMemoryLog log = new InMemoryLog();
  private final Queue<Runnable> answers = new ArrayDeque<>();
  private final RecentBatches recent = new RecentBatches(1, 10_000);
  private final SharedReads reads = new SharedReads(() -> log.store(answers::add), recent, 2);

  @Test
  void theSameRows_atTheSameTime_areReadOnce() {
    Batch first = log.add(1);
    Batch second = log.add(3);
    var one = reads.from(0, 0).toCompletableFuture();
    var other = reads.from(0, 0).toCompletableFuture();
    var behind = reads.from(0, 1).toCompletableFuture();
    assertThat(log.reads()).isEqualTo(2);
    answers.forEach(Runnable::run);
    assertThat(one).isCompletedWithValue(List.of(first, second));
    assertThat(other).isCompletedWithValue(List.of(first, second));
    assertThat(behind).isCompletedWithValue(List.of(second));
  }

  @Test
  void whatWasRead_isReadAgain_butFoundInMemoryBefore() {
    Batch first = log.add(1);
    assertThat(reads.from(0, 0)).isNotNull();
    answers.remove().run();
    assertThat(recent.from(0, 0, 10)).containsExactly(first);
    assertThat(reads.from(0, 0)).isNotNull();
    assertThat(log.reads()).isEqualTo(2);
  }
}
