package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.node.wire.Sources;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many requests a second come in from an address, and by an account. */
class RequestRatesTest {

  private final AtomicLong nanos = new AtomicLong();

  private RequestRates rates(String lines) {
    var config =
        ConfigFactory.parseString("govcloud.http { burst-seconds = 1, " + lines + " }")
            .withFallback(ConfigFactory.load());
    return new RequestRates(HttpSettings.from(config), nanos::get);
  }

  private static void assertTooMany(String policy, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              var problem = refused.problem();
              assertThat(problem.status()).isEqualTo(429);
              assertThat(problem.code()).isEqualTo("RATE_LIMITED");
              assertThat(problem.headers())
                  .containsEntry("Retry-After", "1")
                  .containsEntry("RateLimit-Policy", policy);
            });
  }

  @Test
  void address_beyondItsRate_isRefused_othersAreNot() {
    var rates = rates("requests-per-source = 2");
    rates.requireOfSource("10.0.0.1");
    rates.requireOfSource("10.0.0.1");
    assertTooMany("\"source\";q=2;w=1", () -> rates.requireOfSource("10.0.0.1"));
    rates.requireOfSource("10.0.0.2");
    nanos.addAndGet(1_000_000_000L);
    rates.requireOfSource("10.0.0.1");
  }

  @Test
  void addressesOfOneNetworkOfIpv6_areOne() {
    var rates = rates("requests-per-source = 2");
    rates.requireOfSource("2001:db8:0:1:0:0:0:1");
    rates.requireOfSource("2001:db8:0:1:ffff:0:0:2");
    assertTooMany("\"source\";q=2;w=1", () -> rates.requireOfSource("2001:db8:0:1:0:0:0:3"));
    rates.requireOfSource("2001:db8:0:2:0:0:0:1");
  }

  @Test
  void account_beyondItsRate_isRefused_whomeverItNames() {
    var rates = rates("requests-per-account = 2");
    rates.requireOfAccount(new Actor("importer", "importer"));
    rates.requireOfAccount(new Actor("zhang-san", "clerk").through("importer"));
    assertTooMany(
        "\"account\";q=2;w=1",
        () -> rates.requireOfAccount(new Actor("li-si", "clerk").through("importer")));
    rates.requireOfAccount(new Actor("zhang-san", "clerk"));
  }

  @Test
  void zero_isNoLimit() {
    var rates = rates("requests-per-source = 0, requests-per-account = 0");
    for (int i = 0; i < 20_000; i++) {
      rates.requireOfSource("10.0.0.1");
      rates.requireOfAccount(new Actor("importer", "importer"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1",
    "unknown, unknown",
    "2001:db8:0:1:0:0:0:1, 2001:db8:0:1",
    "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0"
  })
  void network_ofAnAddress(String address, String network) {
    assertThat(Sources.network(address)).isEqualTo(network);
  }
}
