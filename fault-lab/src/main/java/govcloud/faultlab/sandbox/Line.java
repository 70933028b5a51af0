package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line between two cities: a host of its own, through which all connections from one to the
 * other go. It can make them late and thin.
 */
public final class Line {
  private static final Pattern HELD_BACK = Pattern.compile("overlimits (\\d+)");

  private final Network network;
  private final String host;
  private final Path delay;

  /** Adds the host; nothing is carried yet. */
  public Line(Network network, String host) throws IOException {
    this.network = network;
    this.host = host;
    this.delay = Files.createDirectories(Path.of("/run/lines")).resolve(host);
    network.add(host);
    delay(0);
  }

  /** The host's name. */
  public String host() {
    return host;
  }

  /**
   * Begins to carry.
   *
   * @param routes port of the line, and {@code host:port} to which it leads
   */
  public void start(Map<Integer, String> routes, Path log) throws IOException {
    List<String> words = new ArrayList<>(network.enter(host));
    words.addAll(SmallJava.words(Relay.class.getName(), delay.toString()));
    routes.forEach((port, target) -> words.add(port + "=" + target));
    new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** Makes everything later from now on; 0 ends it. */
  public void delay(int millis) {
    try {
      Path next = Path.of(delay + ".next");
      Files.writeString(next, Integer.toString(millis));
      Files.move(
          next,
          delay,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many runs of bytes were made late so far. */
  public long late() {
    try {
      String count = Files.readString(Path.of(delay + ".late")).strip();
      return count.isEmpty() ? 0 : Long.parseLong(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets no more bits through than these in a second, in each direction together. */
  public void limit(String rate) {
    qdisc("add", "tbf", "rate", rate, "burst", "3kb", "latency", "500ms");
  }

  /** Ends the limit; returns how many packets had to wait. */
  public long endLimit() {
    String[] show = {"tc", "-s", "qdisc", "show", "dev", "eth0"};
    Matcher count = HELD_BACK.matcher(enter(show));
    long waited = 0;
    while (count.find()) {
      waited += Long.parseLong(count.group(1));
    }
    qdisc("del");
    return waited;
  }

  private void qdisc(String verb, String... more) {
    List<String> words = new ArrayList<>(List.of("tc", "qdisc", verb, "dev", "eth0", "root"));
    words.addAll(List.of(more));
    enter(words.toArray(String[]::new));
  }

  private String enter(String... words) {
    List<String> all = new ArrayList<>(network.enter(host));
    all.addAll(List.of(words));
    return Command.run(all.toArray(String[]::new));
  }
}
