package govcloud.domain.sharing;

import static govcloud.domain.sharing.SharingSamples.VIOLATIONS;
import static govcloud.domain.sharing.SharingSamples.item;
import static govcloud.domain.sharing.SharingSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataResourceTest {

  @Test
  void goodResource_checked_hasNoFault() {
    assertThat(VIOLATIONS.faults()).isEmpty();
  }

  @Test
  void badItems_checked_areEachToldWithTheirPlace() {
    var items = new ArrayList<>(VIOLATIONS.items());
    items.add(item("Plate", ItemType.TEXT, Sensitivity.L1, false));
    items.add(item("points", ItemType.INTEGER, Sensitivity.L1, false));
    assertThat(with(items).faults())
        .extracting(Refusal::message)
        .containsExactly(
            "/items/5/name: \"Plate\" (expected: ^[a-z][a-z0-9_]{0,56}$)",
            "/items/6/name: \"points\" (expected: a name only once)");
  }

  @Test
  void queryWithoutKey_checked_isTold() {
    var points = item("driver_number", ItemType.TEXT, Sensitivity.L1, false);
    assertThat(with(List.of(points)).faults())
        .extracting(fault -> fault.details().get("at"))
        .containsExactly("/items");
  }

  @Test
  void notShared_withoutLaw_isTold() {
    assertThat(with(SharingClass.NOT_SHARED, "", List.of()).faults())
        .extracting(Refusal::message)
        .containsExactly("/sharing_basis: \"\" (expected: 1 to 2000 characters)");
    assertThat(with(SharingClass.NOT_SHARED, "《刑事诉讼法》", List.of()).faults()).isEmpty();
    assertThat(with(SharingClass.NOT_SHARED, "《刑事诉讼法》", List.of(Mode.BATCH)).faults()).hasSize(1);
  }

  @Test
  void file_offeredByAnythingButAFile_isTold() {
    var offered = with(SharingClass.UNCONDITIONAL, "", List.of(Mode.QUERY, Mode.FILE));
    assertThat(offered.faults())
        .extracting(Refusal::message)
        .containsExactly("/modes: [QUERY, FILE] (expected: file from a provider that is a file)");
    assertThat(SharingSamples.asFile(List.of(Mode.FILE, Mode.BATCH)).faults()).isEmpty();
    assertThat(SharingSamples.asFile(List.of(Mode.QUERY)).faults())
        .extracting(Refusal::message)
        .containsExactly("/modes: [QUERY] (expected: file and batch alone, from a file)");
  }

  @Test
  void service_declared_isAskedOverHttpsAlone_andTellsNoSecrets() {
    for (String good : List.of("https://records.police.example", "https://10.0.0.1:8443/v1/a")) {
      assertThat(SharingSamples.from(Provider.http(good)).faults()).isEmpty();
    }
    var bad =
        List.of(
            "",
            "http://records.police.example/v1",
            "https:///v1",
            "https://user:secret@records.police.example/",
            "https://records.police.example/?token=secret",
            "https://records.police.example/#secret",
            "https://records.police.example/ secret",
            "https://records.police.example/" + "a".repeat(1_024));
    for (String address : bad) {
      assertThat(SharingSamples.from(Provider.http(address)).faults())
          .as(address)
          .extracting(Refusal::message)
          .hasSize(1)
          .allMatch(text -> text.startsWith("/provider/address: "))
          .noneMatch(text -> text.contains("secret"));
    }
    assertThat(SharingSamples.from(new Provider(Provider.Kind.HTTP, "a", "https://b/")).faults())
        .extracting(Refusal::message)
        .containsExactly("/provider/app: \"a\" (expected: none, for it is no app)");
    assertThat(SharingSamples.from(new Provider(Provider.Kind.APP, "a", "https://b/")).faults())
        .extracting(Refusal::message)
        .containsExactly(
            "/provider/address: 10 characters (expected: none, for it is not asked over HTTPS)");
  }

  @Test
  void service_thatWouldGiveEverything_isTold() {
    var of = SharingSamples.asFile(List.of(Mode.QUERY, Mode.BATCH));
    var service = SharingSamples.withProvider(of, Provider.http("https://records.police.example"));
    assertThat(service.faults())
        .extracting(fault -> fault.details().get("at"))
        .containsExactly("/modes", "/subject");
  }

  @Test
  void nextVersion_withMoreItems_breaksNothing() {
    var more = new ArrayList<>(VIOLATIONS.items());
    more.add(0, item("fine", ItemType.DECIMAL, Sensitivity.L2, false));
    assertThat(with(more).breaks(VIOLATIONS)).isEmpty();
  }

  @Test
  void nextVersion_withItemRemovedRetypedOrNoLongerKey_isToldWhere() {
    var items = new ArrayList<>(VIOLATIONS.items());
    items.set(0, item("plate", ItemType.TEXT, Sensitivity.L2, false));
    items.set(3, item("points", ItemType.TEXT, Sensitivity.L1, false));
    items.remove(2);
    assertThat(with(items).breaks(VIOLATIONS))
        .extracting(Refusal::message)
        .containsExactly(
            "/items/0/key: false of plate (expected: true, as in the version before)",
            "/items: no happened_on (expected: every item of the version before)",
            "/items/2/type: text of points (expected: integer, as in the version before)");
  }

  @Test
  void address_dependsOnEveryMember() {
    assertThat(VIOLATIONS.address()).matches("[0-9a-f]{64}");
    assertThat(with(SharingClass.UNCONDITIONAL, "", List.of(Mode.QUERY)).address())
        .isNotEqualTo(VIOLATIONS.address());
  }
}
