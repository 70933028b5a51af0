package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Lifetime;
import govcloud.localcassandra.LocalCassandra.Settings;
import govcloud.localcassandra.launcher.Launcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command that runs Cassandra in its own JVM. */
record CommandLine(
    Settings settings, JavaHome java, CassandraLibrary library, Optional<ClassArchive> archive) {
  /**
   * The heap grows when it is needed: half the memory of a fixed one, for a second of processor
   * time.
   */
  private static final int FIRST_HEAP_MEGABYTES = 128;

  /** A system property with further options for Cassandra's JVM, separated by spaces. */
  static final String EXTRA_OPTIONS = "govcloud.cassandra.jvm-options";

  private static final List<String> OPENS =
      List.of(
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.util",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.compiler/com.sun.tools.javac",
          "jdk.management/com.sun.management.internal");
  private static final List<String> EXPORTS =
      List.of(
          "java.base/java.lang.ref",
          "java.base/jdk.internal.misc",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.attach/sun.tools.attach",
          "jdk.compiler/com.sun.tools.javac.file",
          "jdk.unsupported/sun.misc");

  List<String> words() {
    List<String> words = new ArrayList<>();
    settings.member().ifPresent(member -> words.addAll(member.wrapper()));
    words.add(java.java().toString());
    words.addAll(machine());
    words.addAll(cassandra());
    words.addAll(opened());
    archive.ifPresent(known -> words.addAll(known.options(Home.madeArchive(settings))));
    words.addAll(extra());
    words.add("-cp");
    words.add(classPath());
    words.add(Launcher.class.getName());
    words.add(Home.lock(settings).toString());
    words.add(settings.lifetime() == Lifetime.WITH_PARENT ? "parent" : "detached");
    words.add(settings.tls() ? "tls" : "plain");
    if (settings.authentication()) {
      words.addAll(CassandraRole.arguments(settings.home()));
    }
    return words;
  }

  /** What Cassandra's code uses of the JDK's own. */
  static List<String> opened() {
    return Stream.concat(
            OPENS.stream().map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED"),
            EXPORTS.stream().map(exported -> "--add-exports=" + exported + "=ALL-UNNAMED"))
        .toList();
  }

  private List<String> machine() {
    return List.of(
        "-Xms" + FIRST_HEAP_MEGABYTES + "m",
        "-Xmx" + settings.heapMegabytes() + "m",
        "-Xss512k",
        "-XX:MaxDirectMemorySize=192m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
        "-Djava.net.preferIPv4Stack=true",
        "-Djava.io.tmpdir=" + Home.temporary(settings),
        "-Djna.nosys=true",
        "-Dio.netty.tryReflectionSetAccessible=true");
  }

  private List<String> cassandra() {
    List<String> words = new ArrayList<>();
    words.add("-Dlogback.configurationFile=" + Home.logging(settings));
    words.add("-Dcassandra.config=" + Home.configuration(settings).toUri());
    words.add("-Dcassandra.storagedir=" + Home.data(settings));
    words.add("-Dcassandra-foreground=yes");
    words.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    words.add("-Dcassandra.ring_delay_ms=" + (settings.member().isPresent() ? 2000 : 0));
    words.add("-Dcassandra.shutdown_announce_in_ms=0");
    words.add("-Dcassandra.superuser_setup_delay_ms=15000");
    if (settings.durability() == LocalCassandra.Durability.PERIODIC) {
      // Who may lose seconds of data may lose a schema: saves a flush for every table.
      words.add("-Dcassandra.test.flush_local_schema_changes=false");
    }
    if (settings.authentication()) {
      words.add("-Dcassandra.start_native_transport=false");
    }
    return words;
  }

  /** For measurements and drills: added last, so that it wins. */
  private static List<String> extra() {
    String options = System.getProperty(EXTRA_OPTIONS, "").strip();
    return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
  }

  private String classPath() {
    Path launcher = archive.map(ClassArchive::launcher).orElseGet(CassandraLibrary::codeLocation);
    return Stream.concat(library.jars().stream(), Stream.of(launcher))
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }
}
