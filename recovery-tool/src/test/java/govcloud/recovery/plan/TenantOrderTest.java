package govcloud.recovery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.SharingSamples;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.TenantEvent;
import govcloud.protobuf.journal.v1.Record;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantOrderTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final TenantOrder order = new TenantOrder();

  private static Record record(String tenant, String entity) {
    return Record.newBuilder().setTenant(tenant).setEntityId(entity).build();
  }

  private void records(String tenant, int count) {
    IntStream.range(0, count).forEach(i -> order.count(tenant));
  }

  private void strict(String tenant, DisasterClass disasterClass) {
    order.learn(
        record(tenant, "tenant/" + tenant),
        new TenantEvent.DisasterClassChanged(disasterClass, NOW));
  }

  private void agreement(AgreementEvent event) {
    order.learn(record("transport", "agreement/1"), event);
  }

  private void inForce() {
    agreement(new AgreementEvent.Applied(SharingSamples.TERMS, "address", NOW, NOW));
    agreement(new AgreementEvent.TookEffect(NOW));
  }

  @Test
  void cloudsOwn_thenStricter_thenSmaller() {
    records("", 50);
    records("big", 40);
    records("small", 3);
    records("strict", 45);
    records("daily", 1);
    strict("strict", DisasterClass.ZERO_LOSS);
    strict("daily", DisasterClass.DAILY);
    assertThat(order.order()).containsExactly("", "strict", "small", "big", "daily");
    assertThat(order.classOf("big")).isEqualTo(DisasterClass.CONTINUOUS);
  }

  @Test
  void whoGivesData_isBeforeWhoNeedsIt_asLongAsTheAgreementIsInForce() {
    records("police", 100);
    records("transport", 2);
    records("park", 50);
    agreement(new AgreementEvent.Applied(SharingSamples.TERMS, "address", NOW, NOW));
    assertThat(order.order()).containsExactly("transport", "park", "police");
    agreement(new AgreementEvent.TookEffect(NOW));
    assertThat(order.order()).containsExactly("police", "transport", "park");
    agreement(new AgreementEvent.Revoked("police", "over", NOW));
    assertThat(order.order()).containsExactly("transport", "park", "police");
  }

  @Test
  void stricterClass_isBeforeItsProvider_andAProviderThatIsNotThereIsNone() {
    records("transport", 2);
    inForce();
    assertThat(order.order()).containsExactly("transport");
    records("police", 100);
    strict("transport", DisasterClass.ZERO_LOSS);
    assertThat(order.order()).containsExactly("transport", "police");
  }
}
