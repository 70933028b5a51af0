package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.DataResource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Records one by one, as they are where they come from. */
@FunctionalInterface
interface CurrentRecords {

  /** The record that an entity of the owner is; none: there is nobody whom it is about. */
  CompletionStage<Optional<Current>> current(DataResource resource, String entityId);

  /**
   * A record as it is now.
   *
   * @param version of the entity: the same one is the same record
   * @param subject document number of the data subject; empty where the resource is about nobody
   */
  record Current(long version, String subject, ObjectNode record) {}
}
