package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitySettingsTest {

  private static final String PROVIDER =
      "{ issuer = \"https://id.org\", name = id, client-id = cloud, client-secret-file = pom.xml }";

  private static IdentitySettings read(String text) {
    return IdentitySettings.from(
        ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
  }

  @Test
  void everyKey_reference_isMappedAndExplained() {
    ReferenceKeys.requireMappedAndExplained("govcloud.identity", IdentitySettings.class);
    ReferenceKeys.requireMappedAndExplained("govcloud.identity.provider", ProviderSettings.class);
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
        "gateways = [localhost] | gateways: localhost (expected: addresses such as 192.0.2.1, and no names)",
        "password-queue = 0 | password-queue: 0 (expected: 1 to 1000)"
      })
  void wrongValue_read_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(() -> read("govcloud.identity { " + setting + " }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("govcloud.identity." + message);
  }

  @Test
  void provider_withEverythingItNeeds_isTaken() {
    var settings =
        read("govcloud.identity { public-address = \"https://a.org\", provider " + PROVIDER + " }");
    assertThat(settings.provider().isThere()).isTrue();
    assertThat(settings.provider().amr()).containsExactly("mfa");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issuer = \"http://192.0.2.1\" | issuer: http://192.0.2.1 (expected: https:// and an address, or http:// on this machine, or empty)",
        "issuer = nowhere | issuer: nowhere (expected: https:// and an address, or http:// on this machine, or empty)",
        "name = \" \" | name:   (expected: what the button says, such as the provider's name)",
        "client-id = \"\" | client-id:  (expected: what the provider calls this cloud)",
        "client-secret-file = /none | client-secret-file: /none (expected: a file)",
        "authority-file = /none | authority-file: /none (expected: a PEM file, or empty)",
        "amr = [] | amr: [] (expected: a value here or in acr that stands for two factors)",
        "max-age = 2d | max-age: PT48H (expected: 1 min to 24 h)",
        "timeout = 0s | timeout: PT0S (expected: 100 ms to 30 s)"
      })
  void provider_wrongValue_namesKeyValueAndExpectation(String setting, String message) {
    assertThatThrownBy(
            () ->
                read(
                    "govcloud.identity { public-address = \"https://a.org\", provider "
                        + PROVIDER
                        + ", provider { "
                        + setting
                        + " } }"))
        .hasMessage("govcloud.identity.provider." + message);
  }

  @Test
  void provider_signedByASecretThatBothKnow_isRefused() {
    assertThatThrownBy(
            () ->
                read(
                    "govcloud.identity { public-address = \"https://a.org\", provider "
                        + PROVIDER
                        + ", provider.signature = HS256 }"))
        .hasMessageStartingWith("govcloud.identity.provider.signature: HS256 (expected: one of [");
  }

  @Test
  void provider_withoutAPublicAddress_isRefused() {
    assertThatThrownBy(() -> read("govcloud.identity.provider " + PROVIDER))
        .hasMessage(
            "govcloud.identity.public-address: none (expected: the address to which the identity"
                + " provider leads people back)");
  }
}
