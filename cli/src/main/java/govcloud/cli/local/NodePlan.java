package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where one node listens; all on 127.0.0.1.
 *
 * @param tls whether its API and its line to the other nodes have certificates
 */
record NodePlan(
    String name, int httpPort, int managementPort, int remotingPort, int replicaPort, boolean tls) {

  String http() {
    return (tls ? "https" : "http") + "://127.0.0.1:" + httpPort;
  }

  static NodePlan of(JsonNode node) {
    String http = node.path("http").asText();
    return new NodePlan(
        node.path("name").asText(),
        Integer.parseInt(http.substring(http.lastIndexOf(':') + 1)),
        node.path("management_port").asInt(),
        node.path("remoting_port").asInt(),
        node.path("replica_port").asInt(),
        http.startsWith("https:"));
  }

  void describe(ObjectNode node) {
    node.put("name", name);
    node.put("http", http());
    node.put("management_port", managementPort);
    node.put("remoting_port", remotingPort);
    node.put("replica_port", replicaPort);
  }
}
