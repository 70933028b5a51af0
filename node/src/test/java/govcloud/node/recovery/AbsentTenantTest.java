package govcloud.node.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.eventsourcing.Closing;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.WritePermit;
import govcloud.node.http.Failures;
import org.junit.jupiter.api.Test;

class AbsentTenantTest {
  private final OpeningTenants copy = OpeningTenants.only("housing");

  @Test
  void departmentOfTheCopy_andTheCloudItself_areOpen() {
    assertThat(copy.closed("housing")).isEmpty();
    assertThat(copy.closed("")).isEmpty();
    assertThat(copy.behind(WritePermit.OPEN).closed("housing")).isEmpty();
  }

  @Test
  void anyOther_isNotThere_andNeverWrittenTo() {
    var problem = copy.closed("transport").orElseThrow();
    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.code()).isEqualTo("TENANT_NOT_IN_COPY");
    assertThat(problem.detail())
        .isEqualTo("transport: not in this copy (expected: housing, the only department in it)");
    Closing closing = copy.behind(WritePermit.OPEN).closed("transport").orElseThrow();
    assertThat(closing.reason()).isEqualTo(Closing.Reason.TENANT_NOT_IN_COPY);
    var said = Failures.closed(new EntityFailure.Closed("case/transport/1", closing));
    assertThat(said.code()).isEqualTo(problem.code());
    assertThat(said.detail()).isEqualTo(problem.detail());
  }
}
