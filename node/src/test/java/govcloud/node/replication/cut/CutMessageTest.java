package govcloud.node.replication.cut;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nodes say to the one who makes cuts arrives as it left. */
class CutMessageTest {

  private final ActorTestKit kit = ActorTestKit.create("CutMessageTest", ConfigFactory.load());

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void questions_andProgress_arrive() {
    var replyTo = kit.createTestProbe(CutMessage.class).ref();
    var travel = kit.serializationTestKit();
    travel.verifySerialization(new CutMessage.Make(replyTo, 3, "deletion-1"), true);
    travel.verifySerialization(new CutMessage.Ask(replyTo), true);
    travel.verifySerialization(new CutMessage.Progress(3, "sealing", 1_000, "none"), true);
  }
}
