package govcloud.journal.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What cluster-configs/cassandra/README.md promises of the driver. */
class CassandraSessionsTest {
  private final CassandraSettings settings = CassandraSettings.from(ConfigFactory.load());
  private final DriverExecutionProfile driver =
      CassandraSessions.driverConfiguration(settings).getInitialConfig().getDefaultProfile();

  @Test
  void requests_areLocalQuorum_andLocalSerial() {
    assertThat(driver.getString(DefaultDriverOption.REQUEST_CONSISTENCY)).isEqualTo("LOCAL_QUORUM");
    assertThat(driver.getString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY))
        .isEqualTo("LOCAL_SERIAL");
  }

  @Test
  void timestamps_areNotThoseOfAClient() {
    assertThat(driver.getString(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS))
        .endsWith("ServerSideTimestampGenerator");
  }

  @Test
  void statements_areNotRepeatable_unlessTheySaySo() {
    assertThat(driver.getBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE)).isFalse();
  }

  @Test
  void speculativeExecution_asksTheOtherTwoInTime() {
    assertThat(driver.getString(DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS))
        .endsWith("ConstantSpeculativeExecutionPolicy");
    assertThat(driver.getInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX)).isEqualTo(3);
    assertThat(driver.getDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY))
        .isEqualTo(settings.speculativeDelay())
        .isLessThan(settings.requestTimeout().dividedBy(4));
  }

  @Test
  void protocol_isTheOneWhoseAnswersTheDriverReadsWhole() {
    assertThat(driver.getString(DefaultDriverOption.PROTOCOL_VERSION)).isEqualTo("V4");
  }

  @Test
  void frozenCassandra_isLeftBeforeARequestTimesOut() {
    Duration found =
        driver
            .getDuration(DefaultDriverOption.HEARTBEAT_INTERVAL)
            .plus(driver.getDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT));
    assertThat(found)
        .isEqualTo(Duration.ofSeconds(3))
        .isLessThanOrEqualTo(settings.requestTimeout());
  }

  @Test
  void session_endsSoon() {
    assertThat(driver.getString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT))
        .isEqualTo(driver.getString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT))
        .isEqualTo("MILLISECONDS");
    assertThat(driver.getInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD))
        .isEqualTo(driver.getInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD))
        .isLessThanOrEqualTo(100);
  }
}
