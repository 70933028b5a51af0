package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import govcloud.domain.Actor;
import govcloud.node.http.Call;
import govcloud.node.projection.ConsistencyToken;
import java.util.List;
import java.util.Map;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.junit.jupiter.api.Test;

class AwaitedRecordsTest {

  private final AwaitedRecords awaited = new AwaitedRecords();

  private static Call call(String field) {
    return new Call(
        "askCorrection",
        HttpRequest.POST("/v1/tenants/transport/exchanges/x/corrections"),
        Map.of("idempotency-key", "k-1"),
        JsonNodeFactory.instance.objectNode().put("field", field),
        new Actor("zhang-san", "clerk"),
        "1".repeat(32),
        "2".repeat(20),
        () -> {});
  }

  private static List<ConsistencyToken> at(long position) {
    return List.of(new ConsistencyToken(3, position));
  }

  @Test
  void sentAgain_waitsForThePlaceOfTheFirst_untilItIsThere() {
    awaited.note(call("plate"), "\"1\"", at(10), false);
    awaited.note(call("plate"), "\"1\"", at(20), false);
    assertThat(awaited.places(call("plate"), "\"1\"", at(30), true)).isEqualTo(at(10));
    assertThat(awaited.places(call("plate"), "\"2\"", at(30), true)).isEqualTo(at(30));
    assertThat(awaited.places(call("plate"), "\"1\"", at(30), false)).isEqualTo(at(30));
    awaited.note(call("plate"), "\"1\"", at(10), true);
    assertThat(awaited.places(call("plate"), "\"1\"", at(40), true)).isEqualTo(at(40));
  }

  /** The same key is another request's where the entity comes from the body. */
  @Test
  void anotherBodyWithTheSameKey_hasAPlaceOfItsOwn() {
    awaited.note(call("plate"), "\"1\"", at(10), false);
    awaited.note(call("owner"), "\"1\"", at(20), false);
    assertThat(awaited.places(call("owner"), "\"1\"", at(30), true)).isEqualTo(at(20));
    assertThat(awaited.places(call("plate"), "\"1\"", at(30), true)).isEqualTo(at(10));
  }
}
