package govcloud.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.command.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code outside-scan} looks at by hand, held against what is intended: where the processes of
 * a cloud and of its sibling listen, and whether they answer HTTP in plain text there.
 */
final class OutsideScan {
  private static final Pattern STORAGE_PORT =
      Pattern.compile("^storage_port: ([0-9]+)$", Pattern.MULTILINE);
  private static final int PATIENCE = 5_000;

  private final Map<Long, Set<Integer>> intended = new HashMap<>();
  private final Set<Integer> plain = new HashSet<>();

  /** Nothing is intended yet. */
  OutsideScan() {}

  /** What the home of a cloud says of its nodes and of Cassandra is intended. */
  OutsideScan with(CloudHome home) throws IOException {
    JsonNode cloud = CloudHome.read(Json.mapper(), home.cloud());
    for (JsonNode node : cloud.path("nodes")) {
      NodePlan plan = NodePlan.of(node);
      intend(
          node.path("pid").asLong(),
          Set.of(plan.httpPort(), plan.managementPort(), plan.remotingPort(), plan.replicaPort()));
      plain.add(plan.managementPort());
    }
    JsonNode cassandra = cloud.path("cassandra");
    var storage = STORAGE_PORT.matcher(Files.readString(configuration(home)));
    if (!storage.find()) {
      throw new IOException(configuration(home) + ": no storage_port (expected: one)");
    }
    intend(
        cassandra.path("pid").asLong(),
        Set.of(cassandra.path("port").asInt(), Integer.parseInt(storage.group(1))));
    return this;
  }

  private static Path configuration(CloudHome home) {
    return home.cassandra().resolve("cassandra.yaml");
  }

  /** A process may listen at these ports of loopback. */
  OutsideScan intend(long process, Set<Integer> ports) {
    intended.put(process, ports);
    return this;
  }

  /** What is seen and was not intended, or the other way round; empty: nothing. */
  List<String> findings(List<ProcessHandle> processes) throws IOException {
    List<String> findings = new ArrayList<>();
    Map<Long, Set<Integer>> missing = new HashMap<>();
    intended.forEach((process, ports) -> missing.put(process, new HashSet<>(ports)));
    for (ProcessHandle process : processes) {
      try {
        for (Listeners.Listener one : Listeners.of(process)) {
          look(process.pid(), one, findings);
          missing.getOrDefault(process.pid(), new HashSet<>()).remove(one.port());
        }
      } catch (IOException e) {
        // One that has ended meanwhile listens nowhere.
        if (process.isAlive()) {
          throw e;
        }
      }
    }
    missing.forEach(
        (process, ports) ->
            ports.forEach(
                port ->
                    findings.add("process " + process + ", port " + port + ": nobody listens")));
    return findings;
  }

  private void look(long process, Listeners.Listener one, List<String> findings) {
    String place = "process " + process + ", port " + one.port();
    if (!one.loopback()) {
      findings.add(place + ": reached from other machines");
    }
    if (!intended.getOrDefault(process, Set.of()).contains(one.port())) {
      findings.add(place + ": not intended");
    }
    if (!plain.contains(one.port()) && answersHttp(one.port())) {
      findings.add(place + ": HTTP in plain text");
    }
  }

  private static boolean answersHttp(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(5), US_ASCII).equals("HTTP/");
    } catch (IOException closed) {
      return false;
    }
  }
}
