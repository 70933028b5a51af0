package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueRoutesTest {

  /** What a definition says must not be lost on its way out. */
  @Test
  void definition_shown_saysWhatItsActionsMoveEndAndExtend() {
    var shown = new HashMap<String, Integer>();
    for (var definition : ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET).all()) {
      JsonNode json = Json.mapper().valueToTree(CatalogueRoutes.whole(definition));
      assertThat(json.path("actions")).hasSameSizeAs(definition.actions().keySet());
      for (var action : json.path("actions")) {
        var known = definition.actions().get(action.path("action").asText());
        assertThat(texts(action.path("ends"))).isEqualTo(known.endsClocks());
        var moves = new HashMap<String, String>();
        action
            .path("moves")
            .properties()
            .forEach(e -> moves.put(e.getKey(), e.getValue().asText()));
        assertThat(moves).isEqualTo(known.moves());
        assertThat(action.path("extends")).hasSameSizeAs(known.extendsClocks());
        for (var extension : action.path("extends")) {
          assertThat(extension.path("maximum_days").asInt()).isPositive();
          assertThat(extension.path("clock").asText()).isNotEmpty();
          assertThat(extension.path("days_field").asText()).isNotEmpty();
        }
        for (var name : List.of("ends", "moves", "extends")) {
          shown.merge(name, action.path(name).size(), Integer::sum);
        }
      }
    }
    assertThat(shown.get("ends")).isPositive();
    assertThat(shown.get("moves")).isPositive();
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
