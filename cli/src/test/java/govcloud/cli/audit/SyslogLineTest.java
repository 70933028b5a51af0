package govcloud.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Json;
import org.junit.jupiter.api.Test;

class SyslogLineTest {

  private static ObjectNode record() {
    return Json.mapper()
        .createObjectNode()
        .put("at", "2026-03-02T01:15:27.113456789Z")
        .put("action", "getCase")
        .put("outcome", "denied")
        .put("code", "TENANT_FOREIGN")
        .put("person", "zhang-san")
        .put("through", "")
        .put("count", 3);
  }

  @Test
  void record_isAMessageOfRfc5424() {
    assertThat(SyslogLine.of(record()))
        .isEqualTo(
            "<108>1 2026-03-02T01:15:27.113456Z - govcloud - getCase [audit@32473"
                + " outcome=\"denied\" code=\"TENANT_FOREIGN\" person=\"zhang-san\" count=\"3\"]");
  }

  @Test
  void textThatWantsOut_staysInItsPlace() {
    String evil = "x\"] <14>1 - - \n<14>1 root \\";
    String line = SyslogLine.of(record().put("person", evil).put("action", "a b\n]c"));
    assertThat(line)
        .hasLineCount(1)
        .contains("person=\"x\\\"\\] <14>1 - -  <14>1 root \\\\\"")
        .contains(" - ab]c [audit@");
  }
}
