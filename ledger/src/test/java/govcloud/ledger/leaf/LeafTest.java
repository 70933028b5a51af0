package govcloud.ledger.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.ledger.LedgerException;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LeafTest {
  private static Entry open(String value) {
    TreeMap<String, String> open = new TreeMap<>();
    open.put("note", value);
    return new Entry(0, "0".repeat(32), open, new TreeMap<>());
  }

  @Test
  void entry_asThePageSays_byteByByte() throws LedgerException {
    TreeMap<String, Hash> closed = new TreeMap<>();
    closed.put("s", Hash.EMPTY);
    TreeMap<String, String> open = new TreeMap<>();
    open.put("d", "no");
    Entry entry = new Entry(258, "0123456789abcdef0123456789abcdef", open, closed);
    assertThat(HexFormat.of().formatHex(entry.toBytes()))
        .isEqualTo(
            "0101"
                + "0000000000000102"
                + "0123456789abcdef0123456789abcdef"
                + "01"
                + "0164"
                + "026e6f"
                + "01"
                + "0173"
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Leaf.parse(entry.toBytes(), "leaf")).isEqualTo(entry);
  }

  @Test
  void everyTruncationAndAddition_isRefused() {
    byte[] leaf = TestLedger.entry(3).toBytes();
    for (int length = 0; length < leaf.length; length++) {
      byte[] shorter = Arrays.copyOf(leaf, length);
      assertThatThrownBy(() -> Leaf.parse(shorter, "leaf"))
          .hasMessageContaining("LEDGER_LEAF_MALFORMED");
    }
    assertThatThrownBy(() -> Leaf.parse(Arrays.copyOf(leaf, leaf.length + 1), "leaf"))
        .hasMessageContaining("no bytes behind the end");
  }

  @Test
  void numbersOfPeople_areRefusedByWriterAndReader_andNotRepeated() {
    for (String value :
        new String[] {"110101199003070011", "tel 13900000000", "x:11010119900307001X"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> open(value))
          .withMessageContaining("note")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain(value));
      byte[] leaf = open("?".repeat(value.length())).toBytes();
      byte[] text = value.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, leaf, leaf.length - 1 - text.length, text.length);
      assertThatThrownBy(() -> Leaf.parse(leaf, "leaf")).hasMessageContaining("of a person");
    }
    assertThat(open("sha256:113900000000aa110101199003070011bb").open()).hasSize(1);
  }

  @Test
  void field_opened_isRightForItsEntryAlone() throws LedgerException {
    Entry entry = TestLedger.entry(5);
    Opening opening = TestLedger.keys(5).open("subject", TestLedger.value("subject", 5));
    Opening read = Opening.parse(opening.toText().getBytes(StandardCharsets.US_ASCII), "file");
    read.check(entry, "file");
    assertThat(read.value()).isEqualTo(TestLedger.value("subject", 5));
    for (Opening wrong :
        new Opening[] {
          TestLedger.keys(5).open("subject", TestLedger.value("subject", 6)),
          TestLedger.keys(6).open("subject", TestLedger.value("subject", 5)),
          TestLedger.keys(5).open("answer", TestLedger.value("subject", 5)),
          TestLedger.keys(5).open("other", TestLedger.value("subject", 5))
        }) {
      assertThatThrownBy(() -> wrong.check(entry, "file"))
          .hasMessageContaining("LEDGER_OPENING_WRONG");
    }
    assertThat(entry.closed().get("subject"))
        .as("the same value in another entry")
        .isNotEqualTo(TestLedger.keys(6).commit("subject", TestLedger.value("subject", 5)));
    assertThatThrownBy(
            () ->
                Opening.parse(
                    opening.toText().replace("field", "fields").getBytes(StandardCharsets.UTF_8),
                    "file"))
        .hasMessageContaining("LEDGER_MALFORMED");
  }
}
