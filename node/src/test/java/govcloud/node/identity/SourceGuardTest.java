package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceGuardTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, source/v4-7f000001",
    "203.0.113.255, source/v4-cb0071ff",
    "2001:db8:0:7:1:2:3:4, source/v6-20010db800000007",
    "2001:db8:0:7::9, source/v6-20010db800000007",
    "2001:db8:0:8::9, source/v6-20010db800000008",
    "::ffff:203.0.113.255, source/v4-cb0071ff",
    "unknown, source/unknown",
    "deadbeef, source/unknown"
  })
  void address_isAnEntity_ofItselfOrItsNetwork(String address, String id) {
    assertThat(SourceGuard.id(address)).isEqualTo(id);
  }
}
