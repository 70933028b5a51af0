package govcloud.node;

import govcloud.node.api.ApiFeature;
import govcloud.node.metering.RequestMeter;
import govcloud.node.readmodel.ReadModelsFeature;
import govcloud.node.replication.ReplicationAlarm;
import govcloud.node.replication.ReplicationFeature;
import java.util.List;

/** Everything that a node can do, in the order in which it is started. */
public final class NodeFeatures {

  private final ReadModelsFeature readModels = new ReadModelsFeature(this::alarms);

  private final ReplicationFeature replication =
      new ReplicationFeature(() -> readModels.readModels().tenants());

  private final ApiFeature api = new ApiFeature(readModels::readModels, replication);

  /** All features of the program. */
  public List<NodeFeature> all() {
    return List.of(readModels, replication, api);
  }

  /** Counts the requests of tenants on this node; there once the features have started. */
  public RequestMeter requests() {
    return readModels.readModels().requests();
  }

  private List<ReplicationAlarm> alarms() {
    return replication.watch().alarms();
  }
}
