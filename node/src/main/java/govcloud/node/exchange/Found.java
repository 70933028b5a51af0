package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a provider has of somebody.
 *
 * @param records none: it knows nothing of the subject
 * @param asOf the moment whose state they are; none: the provider does not say
 */
public record Found(List<ObjectNode> records, Optional<Instant> asOf) {

  public Found {
    records = List.copyOf(records);
  }
}
