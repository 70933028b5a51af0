package govcloud.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DemoGeneratorTest {
  private final ObjectMapper json = new ObjectMapper();

  private DemoPlan plan(long seed) {
    Map<String, JsonNode> definitions = new LinkedHashMap<>();
    for (String name :
        new String[] {"administrative-approval", "document-flow", "environmental-permit-receipt"}) {
      definitions.put(name, json.createObjectNode());
    }
    return new DemoGenerator(json, seed, definitions).plan();
  }

  @Test
  void sameSeed_generated_givesTheSame() {
    assertThat(plan(1)).isEqualTo(plan(1));
    assertThat(plan(1)).isNotEqualTo(plan(2));
  }

  @Test
  void plan_generated_hasADozenDepartmentsAndHundredsOfCases() {
    DemoPlan plan = plan(7);
    assertThat(plan.tenants()).hasSizeGreaterThanOrEqualTo(12);
    Set<String> cases = new HashSet<>();
    Set<String> targets = new HashSet<>();
    for (DemoPlan.Tenant tenant : plan.tenants()) {
      assertThat(tenant.id()).matches("^[a-z0-9][a-z0-9-]{0,62}$");
      for (DemoPlan.App app : tenant.apps()) {
        for (DemoPlan.Case one : app.cases()) {
          cases.add(one.id());
          one.steps().forEach(step -> targets.add(step.target()));
        }
      }
    }
    assertThat(cases).hasSizeGreaterThan(200);
    assertThat(targets).contains("actions/complete", "actions/archive", "actions/suspend");
  }

  @Test
  void fewerCases_areTheFirstOfEachApp_asInTheWholePlan() {
    DemoPlan whole = plan(7);
    DemoPlan small = whole.withCases(1);
    assertThat(small.requests()).isLessThan(whole.requests() / 5);
    for (int tenant = 0; tenant < whole.tenants().size(); tenant++) {
      var all = whole.tenants().get(tenant).apps();
      var few = small.tenants().get(tenant).apps();
      assertThat(few).hasSameSizeAs(all);
      for (int app = 0; app < all.size(); app++) {
        var cases = all.get(app).cases();
        assertThat(few.get(app).cases()).isEqualTo(cases.isEmpty() ? cases : cases.subList(0, 1));
      }
    }
    assertThat(whole.withCases(DemoGenerator.CASES)).isEqualTo(whole);
  }

  @Test
  void files_generated_areWhatTheySay() {
    for (DemoFiles.DemoFile file : DemoFiles.of("demo-7")) {
      if (file.mediaType().equals("application/pdf")) {
        String pdf = file.content();
        int table = pdf.lastIndexOf("\nxref\n") + 1;
        assertThat(pdf).startsWith("%PDF-").endsWith("startxref\n" + table + "\n%%EOF\n");
        String first = pdf.substring(table).lines().skip(3).findFirst().orElseThrow();
        assertThat(pdf.substring(Integer.parseInt(first.substring(0, 10)))).startsWith("1 0 obj\n");
      } else {
        assertThat(file.content()).contains("demo-7").doesNotContain("%PDF");
      }
    }
  }

  @Test
  void steps_generated_neverGoBackInTime() {
    for (DemoPlan.Tenant tenant : plan(3).tenants()) {
      for (DemoPlan.App app : tenant.apps()) {
        for (DemoPlan.Case one : app.cases()) {
          double before = one.daysAgo();
          for (DemoPlan.Step step : one.steps()) {
            assertThat(step.daysAgo()).isLessThanOrEqualTo(before);
            before = step.daysAgo();
          }
        }
      }
    }
  }

  @Test
  void codes_generated_areCheckedAndBelongToNobody() {
    for (int i = 1; i < 200; i++) {
      String code = CreditCode.ofDepartment(i);
      assertThat(code).hasSize(18).matches("11999999[0-9A-HJ-NPQRTUWXY]{10}");
      assertThat(CreditCode.check(code)).isEqualTo(code.charAt(17));
      String number = CitizenNumber.of(1980, 2, 3, i);
      assertThat(number).hasSize(18).startsWith("999999");
      assertThat(CitizenNumber.check(number)).isEqualTo(number.charAt(17));
    }
  }

  @Test
  void publishedExamples_checked_haveTheirCheckCharacters() {
    assertThat(CitizenNumber.check("11010519491231002")).isEqualTo('X');
    assertThat(CreditCode.check("91350100M000100Y4")).isEqualTo('3');
  }

  @Test
  void schema_filled_hasEveryRequiredMember() throws Exception {
    JsonNode schema =
        json.readTree(
            "{\"required\":[\"reason\",\"days\",\"number\",\"list\"],\"properties\":{"
                + "\"reason\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\",\"minimum\":2},"
                + "\"number\":{\"type\":\"string\",\"pattern\":\"^.{1,30}〔[0-9]{4}〕[0-9]{1,5}号$\"},"
                + "\"list\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"required\":[\"d\"],"
                + "\"properties\":{\"d\":{\"type\":\"string\",\"format\":\"date\"}}}}}}");
    JsonNode filled = new SchemaFiller(json).object(schema);
    assertThat(filled.path("days").asInt()).isEqualTo(2);
    assertThat(filled.path("number").asText()).contains("〔2026〕");
    assertThat(filled.path("list").get(0).path("d").asText()).isEqualTo("2026-03-02");
  }
}
