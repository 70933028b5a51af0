package govcloud.exchange.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.exchange.JsonBytes;
import govcloud.exchange.policy.PolicyCompiler;
import govcloud.exchange.policy.PolicyException;
import govcloud.exchange.policy.PolicyInput;
import govcloud.exchange.policy.Verdict;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.leaf.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the verdict of a recorded exchange again. What is in the entry is believed, for the ledger
 * vouches for it; everything else has to have the hashes that stand there, and to agree with it.
 */
public final class Replay {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Entry entry;
  private final Material material;
  private final String place;
  private final List<Finding> findings = new ArrayList<>();
  private Optional<JsonNode> terms = Optional.empty();
  private Optional<PolicyInput> input = Optional.empty();
  private Optional<Verdict> verdict = Optional.empty();

  private Replay(Entry entry, Material material, String place) {
    this.entry = entry;
    this.material = material;
    this.place = place;
  }

  /**
   * Checks material against an entry and asks the policy again.
   *
   * @param entry whose place in a ledger was proved
   * @param place what the material is called in findings
   */
  public static Replay of(Entry entry, Material material, String place) {
    Replay replay = new Replay(entry, material, place);
    replay.require(
        material.exchange().equals(entry.id()), "/exchange", material.exchange(), entry.id());
    replay.readTerms();
    if (replay.wasAsked()) {
      replay.readInput();
      replay.decide();
    } else {
      replay.checkThatNobodyHadToBeAsked();
    }
    return replay;
  }

  /** What is wrong or lacking. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** What the entry says of the policy: {@code permit}, {@code deny} or {@code not asked}. */
  public String recorded() {
    return wasAsked() ? word(recordedPermit()) : "not asked";
  }

  /** What the policy says now; {@code unknown} if it cannot be asked. */
  public String found() {
    return verdict
        .map(one -> word(one.permit()))
        .orElse(wasAsked() || somebodyElseDecided() ? "unknown" : "not asked");
  }

  /** Why the policy could not be evaluated, then as now; empty where it says true or false. */
  public String error() {
    return verdict.map(Verdict::error).orElse("");
  }

  private static String word(boolean permit) {
    return permit ? "permit" : "deny";
  }

  private boolean wasAsked() {
    return entry.open().containsKey("policy") || entry.open().containsKey("input");
  }

  /** The cloud that has the data decides; the entry of the one that asked names its answer. */
  private boolean somebodyElseDecided() {
    return entry.open().containsKey("request");
  }

  /** What stops a query after the policy has let it pass says nothing against the policy. */
  private boolean recordedPermit() {
    return !open("code").equals(ExchangeRefusal.EXCHANGE_POLICY_DENIED.name());
  }

  private String open(String name) {
    return entry.open().getOrDefault(name, "");
  }

  private void find(LedgerDefect defect, String at, String detail) {
    findings.add(Finding.of(defect, place + "#" + at, detail));
  }

  private void require(boolean right, String at, Object found, Object expected) {
    if (!right) {
      find(
          LedgerDefect.LEDGER_MATERIAL_WRONG,
          at,
          found + " (expected: " + expected + ", recorded)");
    }
  }

  private void readTerms() {
    if (material.terms().isEmpty()) {
      find(
          LedgerDefect.LEDGER_MATERIAL_MISSING,
          "/terms",
          somebodyElseDecided()
              ? "none: decided by " + open("cloud") + " (expected: to be asked there)"
              : "none (expected: those of " + open("address") + ")");
      return;
    }
    String hash = JsonBytes.sha256(material.terms().get());
    require(hash.equals(open("address")), "/terms", hash, open("address"));
    try {
      terms = Optional.ofNullable(JSON.readTree(material.terms().get()));
    } catch (JsonProcessingException e) {
      find(LedgerDefect.LEDGER_MATERIAL_WRONG, "/terms", "no JSON (expected: terms)");
    }
    if (wasAsked()) {
      for (String party : List.of("provider", "consumer", "resource")) {
        String named = Evidence.ascii(term("/" + party));
        require(named.equals(open(party)), "/terms/" + party, named, open(party));
      }
    }
  }

  private String term(String at) {
    return terms.map(json -> json.at(at).asText()).orElse("");
  }

  private void readInput() {
    if (material.input().isEmpty()) {
      find(
          LedgerDefect.LEDGER_MATERIAL_MISSING,
          "/input",
          "none (expected: that of " + open("input") + ")");
      return;
    }
    String text = material.input().get();
    String hash = JsonBytes.sha256(text);
    require(hash.equals(open("input")), "/input", hash, open("input"));
    try {
      PolicyInput read = PolicyInput.parse(text);
      require(read.canonical().equals(text), "/input", "another form", "RFC 8785 of all variables");
      input = Optional.of(read);
      checkFacts(read);
    } catch (IllegalArgumentException e) {
      find(LedgerDefect.LEDGER_MATERIAL_WRONG, "/input", String.valueOf(e.getMessage()));
    }
  }

  /** A node could have shown its policy other facts than it has written down. */
  private void checkFacts(PolicyInput read) {
    Instant at = Instant.ofEpochMilli(entry.time());
    PolicyInput rightTime = read.at(at);
    require(read.equals(rightTime), "/input/at", "another time than " + at, at);
    for (String name : List.of("consumer", "role")) {
      String said = Evidence.ascii(read.text(name));
      require(said.equals(open(name)), "/input/" + name, said, open(name));
    }
    terms.ifPresent(
        agreed -> {
          String purpose = agreed.at("/purpose/zh").asText();
          require(
              read.text("purpose").equals(purpose),
              "/input/purpose",
              read.text("purpose"),
              purpose);
          TreeSet<String> named = new TreeSet<>(agreed.path("fields").findValuesAsText("item"));
          require(named.containsAll(read.fields()), "/input/fields", read.fields(), named);
        });
    if (open("decision").equals("permit") && open("fields").length() < Evidence.LONGEST) {
      List<String> released =
          open("fields").isEmpty() ? List.of() : List.of(open("fields").split(",", -1));
      require(read.fields().containsAll(released), "/input/fields", read.fields(), released);
    }
  }

  private void decide() {
    if (open("decision").equals("permit") && !recordedPermit()) {
      find(LedgerDefect.LEDGER_VERDICT_WRONG, "/exchange", "permit (expected: deny, by its code)");
    }
    if (terms.isEmpty()) {
      return;
    }
    String source = term("/policy/source");
    String hash = JsonBytes.sha256(source);
    require(hash.equals(open("policy")), "/terms/policy/source", hash, open("policy"));
    if (input.isEmpty()) {
      return;
    }
    try {
      verdict = Optional.of(new PolicyCompiler().compile(source).decide(input.get()));
    } catch (PolicyException e) {
      find(LedgerDefect.LEDGER_VERDICT_WRONG, "/terms/policy/source", e.getMessage());
      return;
    }
    if (verdict.get().permit() != recordedPermit()) {
      find(
          LedgerDefect.LEDGER_VERDICT_WRONG,
          "/input",
          "the policy says %s%s (expected: %s, recorded)"
              .formatted(found(), error().isEmpty() ? "" : ", " + error(), recorded()));
    }
  }

  private void checkThatNobodyHadToBeAsked() {
    boolean passed = open("decision").equals("permit") && !somebodyElseDecided();
    if (passed && !term("/policy/source").isEmpty()) {
      find(
          LedgerDefect.LEDGER_VERDICT_WRONG,
          "/terms/policy",
          "permitted without asking it (expected: asked)");
    }
  }
}
