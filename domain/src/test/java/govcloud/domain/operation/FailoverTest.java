package govcloud.domain.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FailoverTest {

  @Test
  void subject_readAgain_isTheSame_andOneOfItsOwn() {
    var all = new Failover("harbour", 2, "govcloud_g2", OptionalLong.empty());
    var cut = new Failover("harbour", 2, "govcloud_g2", OptionalLong.of(4));
    assertThat(all.subject()).isEqualTo("cloud/harbour/site/2/keyspace/govcloud_g2/point/latest");
    assertThat(cut.subject()).endsWith("/point/cut-4");
    assertThat(Failover.of(all.subject())).isEqualTo(all);
    assertThat(Failover.of(cut.subject())).isEqualTo(cut);
  }

  @Test
  void namesThatCouldBeTakenForOthers_areRefused() {
    assertThatThrownBy(() -> new Failover("harbour/site/9", 2, "g2", OptionalLong.empty()))
        .hasMessageContaining("expected: cloud/");
    assertThatThrownBy(() -> new Failover("harbour", 2, "g2/point/cut-1", OptionalLong.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Failover.of("cuts/12")).hasMessageContaining("subject: cuts/12");
  }
}
