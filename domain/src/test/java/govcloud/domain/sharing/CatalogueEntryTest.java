package govcloud.domain.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.sharing.CatalogueEntry.Format;
import govcloud.domain.sharing.CatalogueEntry.Opening;
import govcloud.domain.sharing.CatalogueEntry.Quality;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogueEntryTest {

  private static final CatalogueEntry WHOLE =
      new CatalogueEntry(
          "307030000108/000012",
          Optional.of(Format.INTERFACE),
          Optional.of(Opening.CLOSED),
          List.of("307030000108/000013"),
          Map.of(Quality.COMPLETENESS, 99),
          Optional.of(995),
          Optional.of(500),
          "车管所 0000-000000");

  private static CatalogueEntry open(Opening how) {
    return new CatalogueEntry(
        "",
        Optional.empty(),
        Optional.of(how),
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        "");
  }

  private static List<String> faults(DataResource of, CatalogueEntry entry) {
    return SharingSamples.listedAs(of, entry).faults().stream()
        .map(fault -> fault.details().get("at"))
        .toList();
  }

  private static Item plate(int length, String element) {
    var title = new LocalText("号牌号码", "plate");
    return new Item("plate", ItemType.TEXT, Sensitivity.L2, title, true, length, element);
  }

  private static DataResource with(Item plate) {
    return SharingSamples.with(List.of(plate, SharingSamples.VIOLATIONS.items().get(1)));
  }

  @Test
  void wholeEntry_checked_hasNoFault_andIsInTheDocument() {
    var resource = SharingSamples.listedAs(SharingSamples.VIOLATIONS, WHOLE);
    assertThat(resource.faults()).isEmpty();
    assertThat(resource.document().get("catalogue"))
        .isEqualTo(
            Map.of(
                "code",
                "307030000108/000012",
                "format",
                "interface",
                "opening",
                "closed",
                "related",
                List.of("307030000108/000013"),
                "quality",
                Map.of("completeness", 99),
                "availability",
                995,
                "answer_millis",
                500,
                "contact",
                "车管所 0000-000000"));
  }

  @Test
  void resourceWithoutEntry_keepsDocumentAndAddressOfVersionsBefore() {
    assertThat(SharingSamples.VIOLATIONS.document()).doesNotContainKey("catalogue");
    assertThat(SharingSamples.VIOLATIONS.items().get(0).document())
        .containsOnlyKeys("name", "type", "sensitivity", "title", "key");
    assertThat(SharingSamples.listedAs(SharingSamples.VIOLATIONS, null))
        .isEqualTo(SharingSamples.VIOLATIONS);
  }

  @Test
  void badEntry_checked_isToldWithItsPlaces() {
    var bad =
        new CatalogueEntry(
            "12",
            Optional.empty(),
            Optional.empty(),
            List.of("307030000108/000013", "307030000108/000013", "x"),
            Map.of(Quality.ACCURACY, 101),
            Optional.of(1_001),
            Optional.of(0),
            " ");
    assertThat(faults(SharingSamples.VIOLATIONS, bad))
        .containsExactly(
            "/catalogue/code",
            "/catalogue/related/1",
            "/catalogue/related/2",
            "/catalogue/quality/accuracy",
            "/catalogue/availability",
            "/catalogue/answer_millis",
            "/catalogue/contact");
  }

  @Test
  void opening_isNeverEasierForThePublicThanForDepartments() {
    var about = SharingSamples.VIOLATIONS; // of people, conditional
    assertThat(faults(about, open(Opening.CLOSED))).isEmpty();
    assertThat(faults(about, open(Opening.CONDITIONAL))).containsExactly("/catalogue/opening");
    var plates =
        new DataResource(
            "police",
            "plates",
            about.title(),
            about.summary(),
            about.category(),
            SharingClass.UNCONDITIONAL,
            "",
            about.modes(),
            about.updates(),
            List.of(plate(0, "")),
            Optional.empty(),
            Provider.mock(),
            CatalogueEntry.NONE);
    assertThat(faults(plates, open(Opening.OPEN))).isEmpty();
    var conditional = SharingSamples.with(List.of(plate(0, "")));
    assertThat(faults(conditional, open(Opening.OPEN))).contains("/catalogue/opening");
    assertThat(faults(conditional, open(Opening.CONDITIONAL))).doesNotContain("/catalogue/opening");
  }

  @Test
  void lengthAndElement_areOfTextsAndOfAForm() {
    assertThat(with(plate(8, "DE01001")).faults()).isEmpty();
    assertThat(with(plate(-1, "no element")).faults())
        .extracting(fault -> fault.details().get("at"))
        .containsExactly("/items/0/length", "/items/0/element");
    var number =
        new Item(
            "points", ItemType.INTEGER, Sensitivity.L1, new LocalText("记分", "points"), true, 2, "");
    assertThat(SharingSamples.with(List.of(plate(8, ""), number)).faults())
        .extracting(Refusal::message)
        .contains("/items/1/length: 2 of integer (expected: 1 to 4096, of a text alone)");
  }

  @Test
  void nextVersion_mayShortenTexts_andNeverLengthenThem() {
    var before = with(plate(8, ""));
    assertThat(with(plate(8, "DE01001")).breaks(before)).isEmpty();
    assertThat(with(plate(7, "")).breaks(before)).isEmpty();
    assertThat(before.breaks(with(plate(0, "")))).isEmpty();
    for (var longer : List.of(0, 9)) {
      assertThat(with(plate(longer, "")).breaks(before))
          .extracting(Refusal::message)
          .containsExactly(
              "/items/0/length: "
                  + longer
                  + " of plate (expected: at most 8, as in the version before)");
    }
  }

  @Test
  void length_isInTheSchema_andMockRecordsKeepIt() {
    var resource = with(plate(5, ""));
    var properties = (Map<?, ?>) RecordSchema.of(resource, 1).get("properties");
    assertThat(((Map<?, ?>) properties.get("plate")).get("maxLength")).isEqualTo(5);
    assertThat(MockRecords.of(resource, 1, 100))
        .extracting(record -> (String) record.get("plate"))
        .allMatch(text -> text.length() <= 5 && !text.isEmpty())
        .anyMatch(text -> text.startsWith("-") || text.contains("码-"));
  }
}
