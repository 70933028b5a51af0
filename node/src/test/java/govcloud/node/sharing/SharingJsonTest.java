package govcloud.node.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.SharingClass;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class SharingJsonTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void terms_withoutMasking_answerClaimsOfAConditionalResource() throws Exception {
    assertThat(masked(SharingClass.CONDITIONAL))
        .containsExactly(Masking.of(Masking.Rule.PREDICATE), Masking.ends(3, 4));
  }

  @Test
  void terms_withoutMasking_tellValuesOfAnUnconditionalResource() throws Exception {
    assertThat(masked(SharingClass.UNCONDITIONAL))
        .containsExactly(Masking.PLAIN, Masking.ends(3, 4));
  }

  private List<Masking> masked(SharingClass sharing) throws Exception {
    var published =
        (ObjectNode)
            json.readTree(
                """
                {"title": {"zh": "违法", "en": "Violations"}, "summary": {"zh": "违法", "en": "Violations"},
                 "category": "transport", "updates": "daily", "modes": ["query", "predicate"],
                 "items": [
                   {"name": "plate", "type": "text", "sensitivity": "l2", "title": {"zh": "车牌", "en": "Plate"}},
                   {"name": "driver", "type": "text", "sensitivity": "l3", "title": {"zh": "司机", "en": "Driver"}}],
                 "provider": {"kind": "mock"}}
                """);
    published.put("sharing", sharing.name().toLowerCase(Locale.ROOT));
    var application =
        json.readTree(
            """
            {"provider": "police", "resource": "violations", "resource_version": 1,
             "purpose": {"zh": "换证", "en": "Renewal"}, "legal_basis": "第二条",
             "fields": [{"item": "plate"}, {"item": "driver", "masking": {"rule": "ends", "first": 3, "last": 4}}],
             "quota_per_day": 100, "valid_from": "2026-01-01T00:00:00Z", "valid_until": "2027-01-01T00:00:00Z",
             "retention_days": 30, "onward": "forbidden"}
            """);
    return SharingJson.terms(
            "transport", application, SharingJson.resource("police", "violations", published))
        .fields()
        .stream()
        .map(field -> field.masking())
        .toList();
  }
}
