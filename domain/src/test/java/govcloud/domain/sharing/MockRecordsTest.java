package govcloud.domain.sharing;

import static govcloud.domain.sharing.SharingSamples.item;
import static govcloud.domain.sharing.SharingSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.tenant.SocialCreditCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MockRecordsTest {

  private static final DataResource ALL_TYPES =
      with(
          Arrays.stream(ItemType.values())
              .map(type -> item(name(type), type, Sensitivity.L1, type == ItemType.TEXT))
              .toList());

  private static String name(ItemType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  @Test
  void records_ofManySeeds_fitTypesAndAreOfNobody() {
    for (var record : MockRecords.of(ALL_TYPES, 7, 1_000)) {
      assertThat(record.keySet())
          .containsExactlyElementsOf(ALL_TYPES.items().stream().map(Item::name).toList());
      var citizen = (String) record.get("citizen_number");
      assertThat(CitizenNumber.isValid(citizen)).as(citizen).isTrue();
      assertThat(citizen).startsWith("999999");
      var organisation = (String) record.get("credit_code");
      assertThat(SocialCreditCode.fault(organisation)).isEmpty();
      assertThat(organisation.substring(2)).startsWith("999999");
      assertThat(LocalDate.parse((String) record.get("date"))).isBefore("2026-01-01");
      assertThat(Instant.parse((String) record.get("timestamp"))).isAfter("2025-12-31T00:00:00Z");
      assertThat((String) record.get("decimal")).matches("[0-9]+\\.[0-9]{2}");
      assertThat((Integer) record.get("integer")).isBetween(0, 999);
      assertThat(record.get("boolean")).isInstanceOf(Boolean.class);
    }
  }

  @Test
  void records_ofOneSeed_areTheSame_andOfAnotherNot() {
    assertThat(MockRecords.of(ALL_TYPES, 1, 5)).isEqualTo(MockRecords.of(ALL_TYPES, 1, 5));
    assertThat(MockRecords.of(ALL_TYPES, 1, 5)).isNotEqualTo(MockRecords.of(ALL_TYPES, 2, 5));
  }

  /** The example of GB 11643-1999. */
  @Test
  void checkCharacter_ofTheStandardsExample_isX() {
    assertThat(CitizenNumber.checkCharacter("11010519491231002")).isEqualTo('X');
    assertThat(CitizenNumber.isValid("11010519491231002X")).isTrue();
    assertThat(CitizenNumber.isValid("110105194912310021")).isFalse();
    assertThat(List.of("", "1101051949123100X2")).noneMatch(CitizenNumber::isValid);
  }
}
