package govcloud.faultlab.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One namespace for each host, all on a bridge in the sandbox's own namespace. The sandbox reaches
 * every host at any time: packet rules act on what the bridge forwards between hosts alone.
 */
public final class Network {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RULES =
      """
      table bridge lab {
        set cut {
          type ipv4_addr . ipv4_addr
          counter
        }
        chain lossy {
        }
        chain forwarded {
          type filter hook forward priority 0; policy accept;
          ip saddr . ip daddr @cut drop
          jump lossy
        }
      }
      """;
  private static final String LOOPBACK_SERVICE =
      """
      table ip lab {
        chain arriving {
          type nat hook prerouting priority -100;
          tcp dport %d dnat to 127.0.0.1:%d
        }
      }
      """;

  private final Map<String, String> addresses = new LinkedHashMap<>();

  /** Packets from one host to another. */
  public record Direction(String from, String to) {

    /** Both ways between two groups of hosts. */
    public static List<Direction> between(List<String> some, List<String> others) {
      List<Direction> ways = new ArrayList<>();
      for (String one : some) {
        for (String other : others) {
          ways.add(new Direction(one, other));
          ways.add(new Direction(other, one));
        }
      }
      return ways;
    }
  }

  /** Makes the bridge; only inside a {@link Sandbox}. */
  public Network() {
    Command.run("ip", "link", "add", "br0", "type", "bridge");
    Command.run("ip", "addr", "add", "10.77.0.1/16", "dev", "br0");
    Command.run("ip", "link", "set", "br0", "up");
    Command.run(RULES, new String[] {"nft", "-f", "-"});
  }

  /** Adds a host and returns its address. */
  public String add(String host) {
    String address = "10.77.1." + (addresses.size() + 1);
    Command.run("ip", "netns", "add", host);
    String link = "p-" + host;
    Command.run("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", host);
    Command.run("ip", "link", "set", link, "master", "br0", "up");
    Command.run("ip", "-n", host, "addr", "add", address + "/16", "dev", "eth0");
    Command.run("ip", "-n", host, "link", "set", "lo", "up");
    Command.run("ip", "-n", host, "link", "set", "eth0", "up");
    addresses.put(host, address);
    return address;
  }

  /**
   * Hands what arrives at a port of the host to the same port on its loopback address, as a proxy
   * beside a service does.
   */
  public void exposeLoopback(String host, int port) {
    String[] enable = {"sh", "-c", "echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet"};
    Command.run("", concat(enter(host), enable));
    Command.run(
        LOOPBACK_SERVICE.formatted(port, port),
        concat(enter(host), new String[] {"nft", "-f", "-"}));
  }

  /** Words that run what follows on a host. */
  public List<String> enter(String host) {
    return List.of("nsenter", "--net=/run/netns/" + host, "--");
  }

  /** The host's address. */
  public String address(String host) {
    return addresses.get(host);
  }

  /** Silently drops packets; live connections stall as on a cut line. */
  public void cut(List<Direction> ways) {
    Command.run("add element bridge lab cut { " + elements(ways) + " }\n", nft());
  }

  /** Lets packets through again; returns how many were dropped in each direction. */
  public Map<Direction, Long> mend(List<Direction> ways) {
    Map<Direction, Long> dropped = dropped(ways);
    Command.run("delete element bridge lab cut { " + elements(ways) + " }\n", nft());
    return dropped;
  }

  /** How many packets were dropped so far in each direction that is cut. */
  public Map<Direction, Long> dropped(List<Direction> ways) {
    Map<Direction, Long> counts = new LinkedHashMap<>();
    JsonNode set = listed("set", "cut");
    for (Direction way : ways) {
      counts.put(way, 0L);
      for (JsonNode element : set.path("elem")) {
        JsonNode pair = element.path("elem").path("val").path("concat");
        if (pair.path(0).asText().equals(address(way.from()))
            && pair.path(1).asText().equals(address(way.to()))) {
          counts.put(way, element.path("elem").path("counter").path("packets").asLong());
        }
      }
    }
    return counts;
  }

  /** Drops this share of the packets at random. */
  public void lose(List<Direction> ways, int percent) {
    StringBuilder rules = new StringBuilder();
    for (Direction way : ways) {
      rules.append(
          "add rule bridge lab lossy ip saddr %s ip daddr %s numgen random mod 100 < %d counter drop\n"
              .formatted(address(way.from()), address(way.to()), percent));
    }
    Command.run(rules.toString(), nft());
  }

  /** Ends all random loss; returns how many packets were lost. */
  public long endLoss() {
    long lost = 0;
    for (JsonNode item : listedAll("chain", "lossy")) {
      for (JsonNode expression : item.path("rule").path("expr")) {
        lost += expression.path("counter").path("packets").asLong();
      }
    }
    Command.run("flush chain bridge lab lossy\n", nft());
    return lost;
  }

  private String elements(List<Direction> ways) {
    List<String> pairs =
        ways.stream().map(way -> address(way.from()) + " . " + address(way.to())).toList();
    return String.join(", ", pairs);
  }

  private JsonNode listed(String kind, String name) {
    for (JsonNode item : listedAll(kind, name)) {
      if (item.has(kind)) {
        return item.get(kind);
      }
    }
    throw new SandboxException("nft " + kind + " " + name + ": none (expected: one)");
  }

  private static JsonNode listedAll(String kind, String name) {
    try {
      String printed = Command.run("nft", "-j", "list", kind, "bridge", "lab", name);
      return JSON.readTree(printed).path("nftables");
    } catch (JsonProcessingException e) {
      throw new SandboxException("nft: " + e.getMessage());
    }
  }

  private static String[] nft() {
    return new String[] {"nft", "-f", "-"};
  }

  private static String[] concat(List<String> words, String[] more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
