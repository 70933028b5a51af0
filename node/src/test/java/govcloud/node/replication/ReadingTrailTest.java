package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of those who read a replica, and of decisions with keys. */
class ReadingTrailTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T21:08:26Z");
  private static final ReadingTrail.Reader ZHANG = new ReadingTrail.Reader("zhang", "10.0.0.7");

  private final List<AuditRecord> written = new ArrayList<>();
  private Instant now = BEGIN;
  private boolean works = true;
  private final ReadingTrail trail = new ReadingTrail("harbour", this::write, () -> now);

  private CompletionStage<Void> write(AuditRecord record) {
    if (!works) {
      return CompletableFuture.failedStage(new IllegalStateException("full"));
    }
    written.add(record);
    return CompletableFuture.completedStage(null);
  }

  private boolean admitted() {
    return !trail.admit(ZHANG).toCompletableFuture().isCompletedExceptionally();
  }

  @Test
  void reader_isWrittenDownBeforeHeReads_andWhatHeReadAfterTheMinute() {
    assertThat(admitted()).isTrue();
    assertThat(written)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.account()).isEqualTo("reader:zhang");
              assertThat(record.action()).isEqualTo("replica-read");
              assertThat(record.source()).isEqualTo("10.0.0.7");
              assertThat(record.outcome()).isEqualTo(Outcome.ALLOWED);
            });
    trail.reads(ZHANG, 1000);
    assertThat(admitted()).isTrue();
    trail.reads(ZHANG, 24);
    trail.settle();
    assertThat(written).hasSize(1);
    now = BEGIN.plus(Duration.ofMinutes(1));
    trail.settle();
    assertThat(written).hasSize(2);
    assertThat(written.get(1).object()).isEqualTo("harbour: 1024 bytes");
    assertThat(written.get(1).count()).isEqualTo(2);
    assertThat(admitted()).isTrue();
    assertThat(written).as("a minute of its own").hasSize(3);
  }

  @Test
  void trailThatCannotBeWritten_letsNobodyRead_untilItCan() {
    works = false;
    assertThat(admitted()).isFalse();
    works = true;
    assertThat(admitted()).isTrue();
  }

  @Test
  void whoIsNotLetRead_isWrittenDownWithTheReason() {
    trail.denied(ZHANG, "READER_EXPIRED");
    assertThat(written)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.outcome()).isEqualTo(Outcome.DENIED);
              assertThat(record.code()).isEqualTo("READER_EXPIRED");
            });
  }

  @Test
  void deeds_areRecordedOnce_andLaterWhereTheyCannotBeNow(@TempDir Path folder) throws Exception {
    KeyDeeds deeds = new KeyDeeds(new KeyFolder(folder));
    deeds.add(BEGIN, "site-drain", "harbour", "root");
    DeedRecorder recorder = new DeedRecorder(deeds, this::write);
    works = false;
    Assertions.assertThatThrownBy(recorder::record).isInstanceOf(ExecutionException.class);
    works = true;
    assertThat(recorder.record()).isEqualTo(1);
    assertThat(recorder.record()).isZero();
    assertThat(written)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.at()).isEqualTo(BEGIN);
              assertThat(record.account()).isEqualTo("machine:root");
              assertThat(record.action()).isEqualTo("site-drain");
            });
  }
}
