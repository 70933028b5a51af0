package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageJsonTest {

  @Test
  void query_keptAndRead_isTheSame() {
    var message =
        new Message(
            "transport",
            "violations",
            new Actor("zhang-san", "window-clerk").through("program"),
            "permits",
            "c-1",
            "999999199001010017",
            "person",
            List.of("plate", "points"),
            Map.of("driver_number", "999999199001010017"),
            "m-1",
            "nonce",
            "hash",
            Optional.empty(),
            false,
            false,
            Optional.empty());
    assertThat(MessageJson.read(MessageJson.write(message))).isEqualTo(message);
    assertThat(MessageJson.read(MessageJson.write(message.waiting()))).isEqualTo(message);
  }
}
