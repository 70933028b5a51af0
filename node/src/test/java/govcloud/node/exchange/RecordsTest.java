package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.Slices;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.VerifierKey;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How exchanges are called. */
class RecordsTest {
  private static final int MESSAGES = 200;
  private static final LedgerKey KEY =
      new LedgerKey(new NoteSigner("gov.example/exchange", VerifierKey.NOTE, new byte[32]));

  /** Ids need neither entities nor a desk. */
  private static Records records(int slices) {
    return new Records(null, null, KEY, new SecureRandom(), id -> Slices.of(id, slices));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 4_096})
  void exchangesOfADepartment_lieInOneSlice_eachWithAnIdOfItsOwn(int slices) {
    var records = records(slices);
    Set<String> ids = new HashSet<>();
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      var id = records.idOf("transport", "m-" + i);
      assertThat(id).matches("[0-9a-f]{32}");
      assertThat(records.idOf("transport", "m-" + i)).isEqualTo(id);
      ids.add(id);
      used.add(Slices.of("exchange/transport/" + id, slices));
    }
    assertThat(ids).hasSize(MESSAGES);
    assertThat(used).hasSize(1);
  }

  @Test
  void departments_areSpreadOverSlices() {
    Set<Integer> used = new HashSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      var id = records(16).idOf("dept-" + i, "m");
      used.add(Slices.of("exchange/dept-" + i + "/" + id, 16));
    }
    assertThat(used).hasSize(16);
  }
}
