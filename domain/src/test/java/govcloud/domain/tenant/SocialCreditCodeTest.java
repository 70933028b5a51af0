package govcloud.domain.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocialCreditCodeTest {

  /** Codes that a national register publishes, so that the rule is not checked by itself. */
  @ParameterizedTest
  @ValueSource(strings = {"914403001922038216", "91330100799655058B", "9144030071526726XG"})
  void publishedCode_checked_isRight(String code) {
    assertThat(SocialCreditCode.fault(code)).isEmpty();
  }

  @Test
  void wrongCheckCharacter_checked_isNamed() {
    assertThat(SocialCreditCode.fault("91330100799655058A"))
        .contains("credit code: 91330100799655058A (expected: check character B)");
  }

  @Test
  void everySingleChange_checked_isFound() {
    var code = "91330100799655058B";
    var alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    for (var position = 0; position < code.length(); position++) {
      for (var i = 0; i < alphabet.length(); i++) {
        var other = alphabet.charAt(i);
        var changed = code.substring(0, position) + other + code.substring(position + 1);
        assertThat(SocialCreditCode.fault(changed).isPresent())
            .as(changed)
            .isEqualTo(!changed.equals(code));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9133010079965505", "91330100799655058BB", "9133010079965505IB"})
  void wrongForm_checked_isNamed(String code) {
    assertThat(SocialCreditCode.fault(code).orElse("")).contains(code).contains("(expected: ");
  }
}
