package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ContractTest {

  private final Contract contract = Contract.load();

  @Test
  void everyOperation_inTheContract_hasAnswersAndAnIdOfItsOwn() {
    var ids = new ArrayList<String>();
    for (var path : contract.document().path("paths")) {
      for (var method : List.of("get", "put", "post", "patch", "delete")) {
        var operation = path.path(method);
        if (!operation.isMissingNode()) {
          ids.add(operation.path("operationId").asText());
          assertThat(operation.path("summary").asText()).isNotEmpty();
          assertThat(operation.path("responses").has("default")).isTrue();
        }
      }
    }
    assertThat(ids).doesNotHaveDuplicates().hasSameSizeAs(contract.operationIds());
  }

  /** Attack case 48: a link that somebody is made to follow does nothing. */
  @Test
  void getOperations_onlyLook_andTakeNoBody() {
    var looking = Pattern.compile("(get|list|fetch|search|stream|read)[A-Z].*");
    // The way back from an identity provider is a redirect, and bound to the browser by a secret; a
    // hand-over gives the signed text of an agreement that is in force, and keeps nothing.
    var others = List.of("returnFromProvider", "handOverAgreement");
    for (var path : contract.document().path("paths")) {
      var get = path.path("get");
      if (!get.isMissingNode()) {
        assertThat(get.has("requestBody")).isFalse();
        var id = get.path("operationId").asText();
        assertThat(looking.matcher(id).matches() || others.contains(id)).as(id).isTrue();
      }
    }
  }

  @Test
  void everyReference_inTheContract_leadsSomewhere() {
    var missing = new ArrayList<String>();
    follow(contract.document(), missing);
    assertThat(missing).isEmpty();
  }

  private void follow(JsonNode node, List<String> missing) {
    var reference = node.path("$ref").asText("");
    if (!reference.isEmpty() && contract.document().at(reference.substring(1)).isMissingNode()) {
      missing.add(reference);
    }
    node.forEach(child -> follow(child, missing));
  }

  @Test
  void everyExample_inTheContract_fitsItsSchema() {
    for (var entry : contract.document().at("/components/schemas").properties()) {
      var example = entry.getValue().path("example");
      if (!example.isMissingNode()) {
        assertThat(contract.schema(entry.getValue()).validate(example))
            .as(entry.getKey())
            .isEmpty();
      }
    }
  }

  @Test
  void routes_incomplete_nameWhatIsMissing() {
    var routes = new Routes().on("nonsense", call -> new CompletableFuture<>());
    assertThatThrownBy(() -> routes.requireComplete(contract))
        .hasMessageContaining("listTenants")
        .hasMessageContaining("[nonsense]");
  }
}
