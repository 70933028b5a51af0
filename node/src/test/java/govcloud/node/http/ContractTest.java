package govcloud.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
