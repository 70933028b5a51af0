package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.MockRecords;
import govcloud.exchange.JsonBytes;
import govcloud.exchange.gate.Agreed;
import govcloud.node.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Made-up records of a resource, of each data subject always the same. */
final class MockProvider implements Provider {

  private static final int DIGITS = 15;
  private static final int MOST = 3;

  @Override
  public CompletionStage<Found> records(Agreed agreed, String subject, Instant until) {
    return CompletableFuture.completedStage(
        new Found(of(agreed.resource(), subject), Optional.empty()));
  }

  private static List<ObjectNode> of(DataResource resource, String subject) {
    var hash = JsonBytes.sha256(resource.id() + "\n" + subject).substring(0, DIGITS);
    var seed = Long.parseLong(hash, 16);
    return MockRecords.of(resource, seed, 1 + (int) (seed % MOST)).stream()
        .map(
            record -> {
              ObjectNode made = Json.mapper().valueToTree(record);
              resource.subject().ifPresent(item -> made.put(item, subject));
              return made;
            })
        .toList();
  }
}
