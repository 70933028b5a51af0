package govcloud.exchange.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import govcloud.exchange.gate.CitedCase;
import govcloud.exchange.gate.Gate;
import govcloud.exchange.gate.GateTest;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.leaf.Leaf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final byte[] SECRET = new byte[32];
  private static final List<JsonNode> PLATES = List.of(TextNode.valueOf("浙A***12"));

  private static Entry entry(CitedCase cited, Map<String, List<JsonNode>> released) {
    return Evidence.of(
        ID,
        GateTest.agreed(),
        GateTest.query(),
        Gate.decide(GateTest.agreed(), cited, GateTest.query()),
        released,
        Map.of(),
        SECRET);
  }

  @Test
  void permitted_recorded_tellsOfficesOpenlyAndPeopleNot() throws LedgerException {
    Entry entry = entry(GateTest.cited(), Map.of("plate", PLATES));
    assertThat(entry.open())
        .containsEntry("decision", "permit")
        .containsEntry("consumer", "transport")
        .containsEntry("fields", "plate")
        .containsKeys("policy", "input");
    assertThat(entry.closed()).containsOnlyKeys("case", "clerk", "field.plate", "subject");
    String bytes = new String(entry.toBytes(), StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("zhang-san", "c-1", GateTest.query().subject());
    assertThat(Leaf.parse(entry.toBytes(), "entry")).isEqualTo(entry);
  }

  @Test
  void oneField_opened_isCheckedAndNothingElse() throws LedgerException {
    Entry entry = entry(GateTest.cited(), Map.of("plate", PLATES));
    FieldKeys keys = new FieldKeys(SECRET);
    keys.open("field.plate", Evidence.bytes(PLATES)).check(entry, "opening");
    byte[] changed = Evidence.bytes(List.of(TextNode.valueOf("浙A***13")));
    assertThatThrownBy(() -> keys.open("field.plate", changed).check(entry, "opening"))
        .isInstanceOf(LedgerException.class);
  }

  /** Of two records one has no plate; the protocol has a null in its place. */
  @Test
  void recordWithoutAField_released_isRecordedAsNull() throws LedgerException {
    List<JsonNode> plates = List.of(TextNode.valueOf("浙A***12"), NullNode.getInstance());
    assertThat(new String(Evidence.bytes(plates), StandardCharsets.UTF_8))
        .isEqualTo("[\"浙A***12\",null]");
    Entry entry = entry(GateTest.cited(), Map.of("plate", plates));
    new FieldKeys(SECRET).open("field.plate", Evidence.bytes(plates)).check(entry, "opening");
  }

  @Test
  void longestNameOfAnItem_released_isRecorded() throws LedgerException {
    String name = "a" + "b".repeat(56);
    Entry entry = entry(GateTest.cited(), Map.of(name, PLATES));
    assertThat(Leaf.parse(entry.toBytes(), "entry")).isEqualTo(entry);
    assertThat(entry.closed()).containsKey("field." + name);
  }

  @Test
  void refused_recorded_tellsTheCodeAndNoField() {
    Entry entry = entry(CitedCase.NONE, Map.of());
    assertThat(entry.open())
        .containsEntry("decision", "deny")
        .containsEntry("code", "EXCHANGE_CASE_UNKNOWN")
        .doesNotContainKey("fields");
    assertThat(entry.closed()).containsOnlyKeys("case", "clerk", "subject");
  }
}
