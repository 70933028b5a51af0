package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.MockRecords;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.policy.PolicyException;
import govcloud.exchange.release.Release;
import govcloud.node.http.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFormTest {

  private static final DataResource MOCK = SharingSamples.VIOLATIONS;
  private static final String DRIVER = "999999199001010017";

  private final AnswerForm form = new AnswerForm();

  private static Agreed agreed(DataResource resource, AgreementTerms terms) throws PolicyException {
    return Agreed.of("violations", terms, terms.address(), resource, true);
  }

  private static Agreed agreed(Provider provider) throws PolicyException {
    return agreed(SharingSamples.from(provider), SharingSamples.TERMS);
  }

  private static ObjectNode record(String json) throws Exception {
    return (ObjectNode) Json.mapper().readTree(json.replace('\'', '"').replace("DRIVER", DRIVER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'plate':'secret','driver_number':'DRIVER','points':'secret'}|/points",
        "{'plate':7,'driver_number':'DRIVER','points':3}|/plate",
        "{'driver_number':'DRIVER','points':3}|plate",
        "{'plate':'secret','driver_number':'DRIVER','points':3,'other':'secret'}|other",
        "{'plate':'secret','driver_number':'DRIVER','points':3,'happened_on':'secret'}|happened_on",
        "{'plate':'secret','driver_number':'secret','points':3}|/driver_number",
        "{'plate':'secret','points':3}|driver_number",
        "{'plate':'secret','driver_number':'999999199202020025','points':3}|driver_number",
        "{'plate':{'secret':1},'driver_number':'DRIVER','points':3}|plate",
        "{'plate':1.5,'driver_number':'DRIVER','points':3}|plate",
      })
  void recordThatIsNotAsPublished_isNamedByPlace_neverByValue(String json, String place)
      throws Exception {
    var good = record("{'plate':'浙A12345','driver_number':'DRIVER','points':3}");
    var looked = form.own(List.of(good, record(json)), agreed(Provider.mock()), DRIVER);
    assertThat(looked.fault().orElse("")).startsWith("record 1").contains(place);
    assertThat(looked.fault().orElse("")).doesNotContain("secret").doesNotContain("9992");
    assertThat(looked.passing()).isEmpty();
    assertThat(form.own(List.of(good), agreed(Provider.mock()), DRIVER).passing())
        .containsExactly(good);
  }

  @Test
  void longText_isCountedInCharacters_asTheSchemaCounts() throws Exception {
    var longest = record("{'plate':'" + "𠮷".repeat(4_096) + "'}");
    assertThat(AnswerForm.outside(List.of(longest), agreed(Provider.mock()))).isEmpty();
    var longer = record("{'plate':'" + "𠮷".repeat(4_097) + "'}");
    assertThat(AnswerForm.outside(List.of(longer), agreed(Provider.mock())).orElse(""))
        .contains("plate: 4097 characters");
  }

  @Test
  void wrongRecord_thatTheFilterWouldLeaveOut_isNoAnswerOfNone_exceptAmongCases() throws Exception {
    var wrong = List.of(record("{'plate':'a','driver_number':'DRIVER','points':'three'}"));
    assertThat(form.own(wrong, agreed(Provider.mock()), DRIVER).fault()).isPresent();
    var app = form.own(wrong, agreed(Provider.app("violations")), DRIVER);
    assertThat(app.fault()).isEmpty();
    assertThat(app.passing()).isEmpty();
  }

  @Test
  void caseThatIsNotFilledInYet_keepsNoOtherFromBeingTold() throws Exception {
    var agreed = agreed(Provider.app("violations"));
    var begun = record("{'plate':null,'driver_number':'DRIVER','points':3,'more':1}");
    var unfilled = CaseProvider.record(begun, agreed.resource());
    assertThat(unfilled).isEqualTo(record("{'driver_number':'DRIVER','points':3}"));
    assertThat(form.own(List.of(unfilled), agreed, DRIVER).fault()).isEmpty();
  }

  @Test
  void whatAnotherCloudLetsOut_isLookedAtByItsMasks() throws Exception {
    var terms =
        SharingSamples.with(
            false,
            new Field("plate", Masking.of(Masking.Rule.HASH)),
            new Field("driver_number", Masking.ends(3, 4)),
            new Field("happened_on", Masking.of(Masking.Rule.YEAR)),
            new Field("points", Masking.PLAIN),
            new Field("picture", Masking.of(Masking.Rule.PREDICATE)));
    var agreed = agreed(MOCK, terms);
    var records =
        MockRecords.of(MOCK, 7, 20).stream().map(Json.mapper()::<ObjectNode>valueToTree).toList();
    var released = Release.of(records, terms.fields(), Map.of(), new byte[32]).records();
    assertThat(form.faultOfReleased(released, agreed)).isEmpty();
    assertThat(form.faultOfReleased(List.of(record("{}")), agreed)).isEmpty();
    var wrong =
        List.of(
            "{'plate':'浙A12345'}",
            "{'driver_number':7}",
            "{'happened_on':'2026-11-28'}",
            "{'points':'3'}",
            "{'picture':'yes'}");
    for (String json : wrong) {
      assertThat(form.faultOfReleased(List.of(record(json)), agreed)).as(json).isPresent();
    }
  }
}
