package govcloud.exchange.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.CitedCase;
import govcloud.exchange.gate.Gate;
import govcloud.exchange.gate.GateTest;
import govcloud.exchange.gate.Query;
import govcloud.exchange.gate.Ruling;
import govcloud.exchange.policy.PolicyInput;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The verdict of a recorded exchange is found again, and nothing else is taken for it. */
class ReplayTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final Agreed AGREED = GateTest.agreed();
  private static final Query CLERK = GateTest.query();
  private static final Query VISITOR =
      new Query(
          CLERK.consumer(),
          CLERK.person(),
          "visitor",
          CLERK.caseId(),
          CLERK.subject(),
          CLERK.subjectKind(),
          CLERK.fields(),
          CLERK.at(),
          CLERK.mode());

  private static Ruling ruling(Query query) {
    return Gate.decide(AGREED, GateTest.cited(), query);
  }

  private static Entry entry(Query query, Ruling ruling) {
    Map<String, List<JsonNode>> released =
        ruling.permit() ? Map.of("plate", List.of(TextNode.valueOf("浙A***12"))) : Map.of();
    return Evidence.of(ID, AGREED, query, ruling, released, Map.of(), new byte[32]);
  }

  private static Material material(Ruling ruling) {
    return new Material(
        ID,
        "gov.example/harbour+00000000+AAAA",
        17,
        Optional.of(new String(AGREED.terms().canonicalBytes(), StandardCharsets.UTF_8)),
        ruling.input().map(PolicyInput::canonical),
        List.of());
  }

  private static Material with(Optional<String> terms, Optional<String> input) {
    return new Material(ID, "gov.example/harbour+00000000+AAAA", 17, terms, input, List.of());
  }

  private static Replay replay(Query query) {
    Ruling ruling = ruling(query);
    return Replay.of(entry(query, ruling), material(ruling), "m");
  }

  private static List<String> places(Replay replay) {
    return replay.findings().stream().map(f -> f.defect() + " " + f.name()).toList();
  }

  @Test
  void permitAndDenial_replayed_areFoundAgain() {
    assertThat(replay(CLERK).findings()).isEmpty();
    assertThat(replay(CLERK).recorded() + replay(CLERK).found()).isEqualTo("permitpermit");
    assertThat(replay(VISITOR).findings()).isEmpty();
    assertThat(replay(VISITOR).recorded() + replay(VISITOR).found()).isEqualTo("denydeny");
  }

  @Test
  void refusalBehindThePolicy_replayed_saysNothingAgainstIt() {
    Ruling used =
        ruling(CLERK).refusedFor(Refusal.of(ExchangeRefusal.EXCHANGE_QUOTA_USED, "today"));
    Replay replay = Replay.of(entry(CLERK, used), material(used), "m");
    assertThat(replay.findings()).isEmpty();
    assertThat(replay.found()).isEqualTo("permit");
  }

  @Test
  void refusalBeforeThePolicy_replayed_asksNobody() {
    Ruling unknown = Gate.decide(AGREED, CitedCase.NONE, CLERK);
    Replay replay = Replay.of(entry(CLERK, unknown), material(unknown), "m");
    assertThat(replay.findings()).isEmpty();
    assertThat(replay.recorded() + ", " + replay.found()).isEqualTo("not asked, not asked");
  }

  /** A verdict that does not follow from terms and facts, though all hashes are right. */
  @Test
  void wrongVerdict_replayed_isFound() {
    Ruling right = ruling(VISITOR);
    Ruling forced = new Ruling(Optional.empty(), List.of(), right.input(), right.verdict());
    Replay replay = Replay.of(entry(VISITOR, forced), material(right), "m");
    assertThat(places(replay)).containsExactly("LEDGER_VERDICT_WRONG m#/input");
    assertThat(replay.recorded() + replay.found()).isEqualTo("permitdeny");
    Ruling unasked = new Ruling(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    assertThat(places(Replay.of(entry(CLERK, unasked), material(unasked), "m")))
        .containsExactly("LEDGER_VERDICT_WRONG m#/terms/policy");
  }

  @Test
  void lackingMaterial_replayed_isIncompleteAndNotWrong() {
    Ruling ruling = ruling(CLERK);
    Material none = with(Optional.empty(), Optional.empty());
    Replay replay = Replay.of(entry(CLERK, ruling), none, "m");
    assertThat(places(replay))
        .containsExactly("LEDGER_MATERIAL_MISSING m#/terms", "LEDGER_MATERIAL_MISSING m#/input");
    assertThat(replay.findings()).allMatch(finding -> finding.defect().isIncomplete());
    assertThat(replay.found()).isEqualTo("unknown");
  }

  @Test
  void everyCharacterChanged_replayed_isFoundWithItsPlace() {
    Ruling ruling = ruling(CLERK);
    Entry entry = entry(CLERK, ruling);
    Material right = material(ruling);
    for (int i = 0; i < right.input().orElseThrow().length(); i++) {
      Replay replay = Replay.of(entry, with(right.terms(), right.input().map(flip(i))), "m");
      assertThat(places(replay)).contains("LEDGER_MATERIAL_WRONG m#/input");
    }
    for (int i = 0; i < right.terms().orElseThrow().length(); i++) {
      Replay replay = Replay.of(entry, with(right.terms().map(flip(i)), right.input()), "m");
      assertThat(places(replay)).contains("LEDGER_MATERIAL_WRONG m#/terms");
    }
  }

  private static UnaryOperator<String> flip(int at) {
    return text -> text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
  }

  /** A cloud that shows its policy other facts than it writes down, with right hashes of them. */
  @Test
  void factsThatDisagreeWithTheEntry_replayed_areFoundOneByOne() {
    Ruling right = ruling(CLERK);
    Map<String, PolicyInput> wrong =
        Map.of(
            "/input/at", input("transport", "clerk", "营运车辆年审", "plate", 3600),
            "/input/consumer", input("roads", "clerk", "营运车辆年审", "plate", 0),
            "/input/role", input("transport", "chief", "营运车辆年审", "plate", 0),
            "/input/purpose", input("transport", "clerk", "其他", "plate", 0),
            "/input/fields", input("transport", "clerk", "营运车辆年审", "points", 0));
    wrong.forEach(
        (place, other) -> {
          String input = other.canonical();
          Entry honest = entry(CLERK, right);
          Map<String, String> open = new TreeMap<>(honest.open());
          open.put("input", govcloud.exchange.JsonBytes.sha256(input));
          Entry lying = new Entry(honest.time(), ID, new TreeMap<>(open), honest.closed());
          Replay replay = Replay.of(lying, with(material(right).terms(), Optional.of(input)), "m");
          assertThat(places(replay)).contains("LEDGER_MATERIAL_WRONG m#" + place);
        });
  }

  private static PolicyInput input(
      String consumer, String role, String purpose, String field, long later) {
    return PolicyInput.of(
        consumer,
        role,
        "licence-renewal",
        "accepted",
        purpose,
        "person",
        List.of(field),
        CLERK.at().plusSeconds(later));
  }

  @Test
  void answerOfAnotherCloud_replayed_isToBeAskedThere() {
    Ruling passed = new Ruling(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    Entry entry =
        Evidence.of(
            ID,
            AGREED,
            CLERK,
            passed,
            Map.of(),
            Map.of("cloud", "harbour", "request", "00"),
            new byte[32]);
    Replay replay = Replay.of(entry, with(Optional.empty(), Optional.empty()), "m");
    assertThat(replay.findings())
        .extracting(Finding::detail)
        .singleElement()
        .asString()
        .contains("decided by harbour");
    assertThat(replay.found()).isEqualTo("unknown");
  }

  @Test
  void material_writtenAndRead_isTheSame_andAnythingElseIsRefused() throws Exception {
    Material right = material(ruling(CLERK));
    byte[] file = new ObjectMapper().writeValueAsBytes(right.document());
    assertThat(Material.parse(file, "m")).isEqualTo(right);
    String text = new String(file, StandardCharsets.UTF_8);
    for (String wrong :
        List.of(
            "",
            "[]",
            text + "x",
            text.replace("\"index\":17", "\"index\":\"17\""),
            text.replace("\"index\":17", "\"index\":17,\"index\":17"),
            text.replace("\"openings\":[]", "\"openings\":[1]"),
            text.replace("\"openings\"", "\"closings\""),
            text.replace("material v1", "material v2"),
            text.replace("\"log\"", "\"lag\""))) {
      assertThat(wrong).isNotEqualTo(text);
      assertThatThrownBy(() -> Material.parse(wrong.getBytes(StandardCharsets.UTF_8), "m"))
          .as(wrong)
          .isInstanceOf(LedgerException.class)
          .hasMessageContaining("LEDGER_MALFORMED m");
    }
  }
}
