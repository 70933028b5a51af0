package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitySettingsTest {

  private static IdentitySettings read(String text) {
    return IdentitySettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.identity", IdentitySettings.class);
  }

  @Test
  void headerForTests_onLoopback_isTaken() {
    assertThat(read("govcloud.identity.mode = header-for-tests").mode())
        .isEqualTo(IdentitySettings.Mode.HEADER_FOR_TESTS);
  }

  @Test
  void headerForTests_whereOthersReachIt_isRefused() {
    assertThatThrownBy(
            () -> read("govcloud { identity.mode = header-for-tests, http.host = 192.0.2.1 }"))
        .hasMessage(
            "govcloud.identity.mode: header-for-tests on 192.0.2.1 (expected: accounts, or a loopback address)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode = open | mode: open (expected: accounts or header-for-tests)",
        "password-threads = 0 | password-threads: 0 (expected: 1 to 64)",
        "public-address = \"http://a.org\" | public-address: http://a.org (expected: https:// and a host name, such as https://example.org)",
        "public-address = \"https://a.org:443\" | public-address: https://a.org:443 (expected: https:// and a host name, such as https://example.org)",
        "password-profile = strict | password-profile: strict (expected: asvs or mlps3)",
        "breached-passwords = /none | breached-passwords: /none (expected: a file that can be read, or empty)",
        "password-queue = 0 | password-queue: 0 (expected: 1 to 1000)"
      })
  void wrongValue_read_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(() -> read("govcloud.identity { " + setting + " }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("govcloud.identity." + message);
  }
}
