package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one Cassandra in the foreground until Ctrl-C. Arguments: the home folder, and after it
 * {@code --authentication} or a port.
 */
public final class LocalCassandraMain {
  private static final int USAGE = 2;

  private LocalCassandraMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length == 0) {
      System.err.println("usage: LocalCassandraMain HOME [PORT] [--authentication]");
      System.exit(USAGE);
    }
    try {
      run(settings(List.of(arguments)));
    } catch (LocalCassandraException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Settings settings(List<String> arguments) {
    Settings settings = Settings.in(Path.of(arguments.get(0)));
    for (String argument : arguments.subList(1, arguments.size())) {
      settings =
          argument.equals("--authentication")
              ? settings.withAuthentication(true)
              : settings.withCqlPort(Integer.parseInt(argument));
    }
    return settings;
  }

  private static void run(Settings settings) throws InterruptedException {
    LocalCassandra cassandra =
        LocalCassandra.start(
            settings,
            progress ->
                System.err.printf(
                    "%5.1f s %s%n", progress.elapsed().toMillis() / 1000.0, progress.activity()));
    Runtime.getRuntime().addShutdownHook(new Thread(cassandra::close, "stop-cassandra"));
    System.out.printf(
        "CQL on %s:%d, log %s%n",
        cassandra.contactPoint().getHostString(),
        cassandra.contactPoint().getPort(),
        cassandra.log());
    ProcessHandle.of(cassandra.pid()).ifPresent(child -> child.onExit().join());
  }
}
