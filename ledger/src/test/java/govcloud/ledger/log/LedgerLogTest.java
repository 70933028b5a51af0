package govcloud.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.verify.LedgerReport;
import govcloud.ledger.verify.LedgerVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerLogTest {
  @TempDir private Path folder;

  @Test
  void manyAtOnce_appendedToAFolder_allAreThereOnce() throws Exception {
    FolderStore store = new FolderStore(folder.resolve("log"));
    Set<Long> indices = new HashSet<>();
    try (LedgerLog log = LedgerLog.create(store, TestLedger.log(TestLedger.ORIGIN))) {
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 3000; i++) {
        receipts.add(log.append(TestLedger.entry(i)));
      }
      for (int i = 0; i < 3000; i++) {
        Receipt receipt = receipts.get(i).get();
        indices.add(receipt.index());
        long size = Checkpoint.parse(receipt.checkpoint().text(), "state").size();
        assertThat(size).isGreaterThan(receipt.index());
        assertThat(new TileReader(store, size).entry(receipt.index()))
            .isEqualTo(TestLedger.entry(i).toBytes());
      }
      assertThat(indices).hasSize(3000);
      SignedNote state = log.checkpoint();
      log.cosigned(state, TestLedger.cosignatures(state), TestLedger.policy());
    }
    LedgerReport report = new LedgerVerifier(store, TestLedger.policy()).verify(Map.of());
    assertThat(report.findings()).isEmpty();
    assertThat(report.cosigned().orElseThrow().size()).isEqualTo(3000);
    try (LedgerLog again = LedgerLog.open(store, TestLedger.log(TestLedger.ORIGIN), List.of())) {
      assertThat(again.append(TestLedger.entry(3000)).get().index()).isEqualTo(3000);
    }
    assertThat(Files.readString(folder.resolve("log/checkpoint"))).contains("\n3001\n");
  }

  @Test
  void stateOfASize_whileEntriesAreAppended_isOfThatSize_theNewestAsItWasSigned() throws Exception {
    try (LedgerLog log = LedgerLog.create(new MemoryStore(), TestLedger.log(TestLedger.ORIGIN))) {
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        receipts.add(log.append(TestLedger.entry(i)));
        long size = Checkpoint.parse(log.checkpoint().text(), "state").size();
        assertThat(Checkpoint.parse(log.at(size).text(), "state").size()).isEqualTo(size);
      }
      receipts.get(599).get();
      assertThat(log.at(600).toBytes()).isEqualTo(log.checkpoint().toBytes());
      assertThat(Checkpoint.parse(log.at(599).text(), "state").size()).isEqualTo(599);
    }
  }

  @Test
  void disk_thatFails_failsWhatWaitsAndEverythingAfter() throws Exception {
    MemoryStore store = new MemoryStore();
    LedgerLog log = LedgerLog.create(store, TestLedger.log(TestLedger.ORIGIN));
    log.append(TestLedger.entry(0)).get();
    store.crashAfter(0);
    assertThatThrownBy(() -> log.append(TestLedger.entry(1)).get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("LEDGER_UNAVAILABLE");
    assertThatThrownBy(() -> log.append(TestLedger.entry(2)).get())
        .hasMessageContaining("LEDGER_STOPPED");
    log.close();
    store.restart();
    try (LedgerLog again = LedgerLog.open(store, TestLedger.log(TestLedger.ORIGIN), List.of())) {
      assertThat(again.append(TestLedger.entry(3)).get().index()).isBetween(1L, 2L);
    }
  }

  @Test
  void closedLog_refusesAndLosesNoAnswer() throws Exception {
    LedgerLog log = LedgerLog.create(new MemoryStore(), TestLedger.log(TestLedger.ORIGIN));
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      receipts.add(log.append(TestLedger.entry(i)));
    }
    log.close();
    receipts.add(log.append(TestLedger.entry(1)));
    assertThat(receipts).allMatch(CompletableFuture::isDone);
  }

  @Test
  void lostLog_succeeded_isTheFirstEntryOfTheNewOne() throws Exception {
    MemoryStore lost = TestLedger.of(500);
    byte[] last = lost.files().get(LedgerFiles.COSIGNED);
    MemoryStore store = new MemoryStore();
    String origin = "gov.example/harbour/exchange/2026-2";
    TrustPolicy both =
        TrustPolicy.parse(
            (TestLedger.policyText() + "log " + TestLedger.log(origin).key() + "\n")
                .getBytes(StandardCharsets.UTF_8),
            "policy");
    try (LedgerLog log =
        LedgerLog.succeed(store, TestLedger.log(origin), last, both, TestLedger.TIME * 1000)) {
      log.append(TestLedger.entry(7)).get();
      log.cosigned(log.checkpoint(), TestLedger.cosignatures(log.checkpoint()), both);
    }
    LedgerReport report = new LedgerVerifier(store, both).verify(Map.of());
    assertThat(report.findings()).isEmpty();
    assertThat(report.predecessor().orElseThrow().checkpoint().origin())
        .isEqualTo(TestLedger.ORIGIN);
    assertThat(report.predecessor().orElseThrow().note().toBytes()).isEqualTo(last);
  }

  @Test
  void lostLog_withoutWitnessesOrUnderItsOwnName_isNotSucceeded() throws Exception {
    MemoryStore lost = TestLedger.of(10);
    TrustPolicy policy = TestLedger.policy();
    assertThatThrownBy(
            () ->
                LedgerLog.succeed(
                    new MemoryStore(),
                    TestLedger.log("gov.example/new"),
                    lost.files().get(LedgerFiles.CHECKPOINT),
                    policy,
                    0))
        .isInstanceOfSatisfying(
            LedgerException.class,
            e -> assertThat(e.defect()).isEqualTo(LedgerDefect.LEDGER_WITNESS_MISSING));
    assertThatThrownBy(
            () ->
                LedgerLog.succeed(
                    new MemoryStore(),
                    TestLedger.log(TestLedger.ORIGIN),
                    lost.files().get(LedgerFiles.COSIGNED),
                    policy,
                    0))
        .hasMessageContaining("another name");
  }
}
