package govcloud.node.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateShapeTest {
  record Line(int inList) {}

  record Found(int inMapOfOptionals) {}

  record Wide(int behindWildcard) {}

  sealed interface Choice permits One, Other {}

  record One(int ofSealed) implements Choice {}

  record Other(Set<Choice> choices) implements Choice {}

  record Bare(int ofArray) {}

  record State(
      List<Line> lines,
      Map<String, Optional<Found>> found,
      List<? extends Wide> wide,
      Set<Choice> choices) {}

  @Test
  void recordsInCollections_belongToTheShape_howeverDeep() {
    assertThat(StateShape.of(State.class))
        .contains("inList:{int", "inMapOfOptionals:{int", "behindWildcard:{int", "ofSealed:{int");
    assertThat(StateShape.of(Bare[].class)).contains("ofArray:{int");
  }

  @Test
  void whatEveryEntityRemembers_belongsToTheShape() {
    assertThat(StateShape.of(String.class)).contains("headHash:{", "requestHash:{");
  }
}
