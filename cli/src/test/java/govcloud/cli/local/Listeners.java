package govcloud.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where a process of this machine listens, as the kernel says. */
final class Listeners {
  private static final String LISTENING = "0A";

  private Listeners() {}

  /**
   * One listener.
   *
   * @param loopback whether only programs of this machine reach it
   */
  record Listener(int port, boolean loopback) {}

  /** All of a process. */
  static List<Listener> of(ProcessHandle process) throws IOException {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    Set<String> sockets = sockets(proc.resolve("fd"));
    List<Listener> found = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(proc.resolve(table))) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 9
            && words[3].equals(LISTENING)
            && sockets.contains("socket:[" + words[9] + "]")) {
          found.add(listener(words[1]));
        }
      }
    }
    return found;
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path one : all.toList()) {
        try {
          names.add(Files.readSymbolicLink(one).toString());
        } catch (IOException closedMeanwhile) {
          // It is no listener then.
        }
      }
    }
    return names;
  }

  /** Address and port as the kernel writes them: 127.0.0.1 is 0100007F. */
  private static Listener listener(String text) {
    int colon = text.indexOf(':');
    String address = text.substring(0, colon);
    boolean loopback =
        (address.endsWith("7F") && (address.length() == 8 || address.contains("FFFF0000")))
            || address.equals("00000000000000000000000001000000");
    return new Listener(Integer.parseInt(text.substring(colon + 1), 16), loopback);
  }
}
