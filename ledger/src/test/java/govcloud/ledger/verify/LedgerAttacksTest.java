package govcloud.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.TreeProofs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks on a ledger (group G of the attack cases), each with its exact finding and place. */
class LedgerAttacksTest {

  private static final int SIZE = 300;
  private static Mutations ledger;
  private static TrustPolicy policy;

  @BeforeAll
  static void make() throws LedgerException {
    ledger = new Mutations(SIZE);
    policy = TestLedger.policy();
  }

  private static Mutations.Mutation first(Mutations.Way way) {
    return LongStream.range(0, 100_000)
        .mapToObj(LedgerAttacksTest::mutation)
        .filter(mutation -> mutation.way() == way)
        .findFirst()
        .orElseThrow();
  }

  private static Mutations.Mutation mutation(long seed) {
    try {
      return ledger.of(seed);
    } catch (LedgerException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REMOVE_ENTRY, LEDGER_ENTRIES_WRONG",
    "SWAP_ENTRIES, LEDGER_ENTRIES_WRONG",
    "DUPLICATE_ENTRY, LEDGER_ENTRIES_WRONG",
    "ROLL_BACK, LEDGER_ROLLED_BACK",
    "FORK, LEDGER_ROOT_WRONG"
  })
  void history_thatWasChanged_isFoundWhereItWasChanged(Mutations.Way way, LedgerDefect code)
      throws Exception {
    var mutation = first(way);
    var report = new LedgerVerifier(ledger.apply(mutation), policy).verify(ledger.known());
    assertThat(report.verdict()).isEqualTo(LedgerReport.Verdict.INVALID);
    assertThat(report.findings()).extracting(Finding::defect).contains(code);
    if (code == LedgerDefect.LEDGER_ENTRIES_WRONG) {
      assertThat(report.findings())
          .extracting(Finding::name)
          .isNotEmpty()
          .isSubsetOf(mutation.changes().keySet());
    }
  }

  /** Bytes of the last file that are gone: what was signed is not there. */
  @Test
  void tail_thatWasCutOff_isFoundInItsFile() throws Exception {
    var damaged = ledger.sound().copy();
    var tail = "tile/entries/001.p/" + (SIZE - 256);
    var bytes = damaged.files().get(tail);
    damaged.files().put(tail, Arrays.copyOf(bytes, bytes.length - 40));
    var report = new LedgerVerifier(damaged, policy).verify(ledger.known());
    assertThat(report.verdict()).isEqualTo(LedgerReport.Verdict.INVALID);
    assertThat(report.findings()).extracting(Finding::name).contains(tail);
  }

  private static LogProof proof(long index) throws Exception {
    var state =
        new String(ledger.sound().files().get(LedgerFiles.COSIGNED), StandardCharsets.UTF_8);
    var size = policy.check(state.getBytes(StandardCharsets.UTF_8), "cosigned").size();
    var reader = new TileReader(ledger.sound(), size);
    return new LogProof(
        Optional.empty(), index, new TreeProofs(reader).inclusion(index, size), state);
  }

  /** A receipt promised a place, and something else is there: the file is evidence against it. */
  @Test
  void otherEntryAtThePromisedPlace_isProvedWrong() throws Exception {
    var proof = proof(17);
    assertThat(proof.check(TestLedger.entry(17).toBytes(), policy, "receipt").enough()).isTrue();
    for (var promised : List.of(16L, 18L, 24L)) {
      var other = TestLedger.entry(promised).toBytes();
      assertThatThrownBy(() -> proof.check(other, policy, "receipt"))
          .isInstanceOfSatisfying(
              LedgerException.class,
              e -> assertThat(e.defect()).isEqualTo(LedgerDefect.LEDGER_PROOF_WRONG))
          .hasMessageContaining("entry 17 is not in the log of");
    }
  }

  /** A right proof under a state that fewer witnesses have signed than are asked for. */
  @Test
  void proofWithOneWitnessOfTwo_isRight_andNotEnough() throws Exception {
    var whole = proof(17);
    var end = whole.checkpoint().lastIndexOf('\n', whole.checkpoint().length() - 2);
    var oneLess = whole.checkpoint().substring(0, end + 1);
    var proof = new LogProof(Optional.empty(), 17, whole.hashes(), oneLess);
    var checked = proof.check(TestLedger.entry(17).toBytes(), policy, "receipt");
    assertThat(checked.enough()).isFalse();
    assertThat(checked.witnesses()).hasSize(1);
  }
}
