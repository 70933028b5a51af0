package govcloud.node.eventsourcing;

import com.typesafe.config.ConfigFactory;
import govcloud.node.eventsourcing.EntityMessage.CloseClock;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What closes a clock on another node, and its answers, arrive as they left. */
class ClockTravelTest {

  private final ActorTestKit kit = ActorTestKit.create("ClockTravelTest", ConfigFactory.load());

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void closing_andItsAnswers_arrive() {
    var replyTo = kit.createTestProbe(EntityReply.class).ref();
    var travel = kit.serializationTestKit();
    travel.verifySerialization(new CloseClock("slice/3", Long.MAX_VALUE, replyTo), true);
    travel.verifySerialization(new EntityReply.Closed(17), true);
    travel.verifySerialization(new EntityReply.Passed(Long.MAX_VALUE), true);
  }
}
