package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.catalogue.AppDefinition;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class FormValidatorTest {

  private static final AppCatalogue CATALOGUE =
      ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET);
  private static final String APPLICATION =
      """
      {"project_name": "设立演出场所", "task_name": "演出场所经营单位设立审批", "task_type": "licence",
       "project_type": "promise", "applyer_name": "测试有限公司", "applyer_type": "legal-person",
       "materials": [{"material_name": "申请书", "is_need": true}]}
      """;

  private final FormValidator validator = new FormValidator(CATALOGUE);
  private final AppDefinition approval = CATALOGUE.newest("administrative-approval").orElseThrow();

  @Test
  void goodForm_validated_hasNoErrors() {
    assertThat(validator.validateCase(approval, APPLICATION)).isEmpty();
  }

  @Test
  void wrongMembers_validated_areAllLocated() {
    var form =
        APPLICATION
            .replace("\"licence\"", "\"fun\"")
            .replace("\"is_need\": true", "\"is_need\": \"yes\"")
            .replace("\"project_type\"", "\"a/b\"");
    assertThat(validator.validateCase(approval, form))
        .extracting(FormError::pointer)
        .containsExactly("/a~1b", "/materials/0/is_need", "/project_type", "/task_type");
  }

  @Test
  void wrongFormat_validated_isAnError() {
    var receipt = CATALOGUE.newest("environmental-permit-receipt").orElseThrow();
    assertThat(
            validator.validateCase(
                receipt,
                "{\"deadline\": \"2011-12-06T01:41:31.788+01:00\", \"channel\": \"Internet\","
                    + " \"extra\": 1}"))
        .isEmpty();
    assertThat(validator.validateCase(receipt, "{\"deadline\": \"tomorrow\"}"))
        .singleElement()
        .satisfies(error -> assertThat(error.pointer()).isEqualTo("/deadline"))
        .satisfies(error -> assertThat(error.detail()).contains("date-time"));
  }

  @Test
  void brokenJson_validated_saysWhere() {
    assertThat(validator.validateCase(approval, "{\"a\": \n 1,}"))
        .singleElement()
        .satisfies(error -> assertThat(error.detail()).startsWith("line 2, column "));
    assertThat(validator.validateCase(approval, "{\"a\": 1, \"a\": 2}")).hasSize(1);
    assertThat(validator.validateCase(approval, "{} {}")).hasSize(1);
    assertThat(validator.validateCase(approval, "[]")).isNotEmpty();
  }

  @Test
  void hugeOrDeepJson_validated_isRefusedSoon() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThat(validator.validateCase(approval, "{\"a\":".repeat(10_000)))
              .singleElement()
              .satisfies(error -> assertThat(error.detail()).contains("nesting depth"));
          assertThat(validator.validateCase(approval, " ".repeat(300_000)))
              .containsExactly(
                  new FormError("", "form: 300000 characters (expected: at most 262144)"));
        });
  }

  @Test
  void actionForm_validated_againstItsOwnSchema() {
    var extend = approval.actions().get("extend");
    assertThat(validator.validateAction(extend, "{\"days\": 10, \"reason\": \"专家评审\"}")).isEmpty();
    assertThat(validator.validateAction(extend, "{\"days\": 11, \"reason\": \"x\"}"))
        .extracting(FormError::pointer)
        .containsExactly("/days");
    assertThat(validator.validateAction(extend, ""))
        .extracting(FormError::pointer)
        .containsExactly("/days", "/reason");
    var review = approval.actions().get("begin-review");
    assertThat(validator.validateAction(review, "")).isEmpty();
    assertThat(validator.validateAction(review, "{}")).isEmpty();
    assertThat(validator.validateAction(review, "{\"x\": 1}")).hasSize(1);
  }
}
