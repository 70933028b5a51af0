package govcloud.recovery.restore;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.recovery.TestTarget;
import govcloud.recovery.command.RecoverMain;
import govcloud.recovery.replica.RecoveryPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tool as a process, killed with signal 9 at moments of a seed, run again and again and then to
 * its end: the same rows as of a run that nobody killed. {@code -Dgovcloud.recovery-kills=50} takes
 * longer.
 */
@Tag("slow")
class KilledToolIT {
  private static final int KILLS = Integer.getInteger("govcloud.recovery-kills", 6);
  private static final long SEED = Long.getLong("govcloud.recovery-seed", 19);

  /** Kills of one recovery; then it is run to the end, and another one begins. */
  private static final int EACH = 3;

  private static final String EMPTY = "EMPTY";

  private static final List<String> TABLES =
      List.of("log", "chunk", "watermark", "recovery", "recovery_slice", "recovery_tenant");

  @TempDir private static Path folder;
  private static LostCloud cloud;

  private final Random random = new Random(SEED);
  private final Map<String, Long> usual = new HashMap<>();
  private final Map<String, SortedSet<String>> expected = new HashMap<>();
  private final Map<String, Integer> moments = new TreeMap<>();

  /**
   * How a recovery goes: whether departments open early, and so in which chunks their records are.
   */
  private static final List<List<String>> WAYS = List.of(List.of(), List.of("--prove", "--open"));

  @BeforeAll
  static void lose() throws Exception {
    cloud = LostCloud.make(folder.resolve("lost"), LostCloud.Size.SMALL, 17);
  }

  @Test
  void tool_killedAtRandomMoments_endsWithTheSameRows() throws Exception {
    try (TestTarget target = new TestTarget(cloud, "killed")) {
      RecoveryPoint point = target.point(OptionalLong.empty());
      for (List<String> way : WAYS) {
        long began = System.nanoTime();
        end(target, way, "cql");
        usual.put(way.toString(), (System.nanoTime() - began) / 1_000_000);
        expected.put(way.toString(), target.rows());
        empty(target);
      }
      int killed = 0;
      while (killed < KILLS) {
        List<String> way = WAYS.get(random.nextInt(WAYS.size()));
        for (int i = 0; i < EACH; i++) {
          // However fast the machine is, one finds something there.
          boolean begun = i == 1;
          killed += kill(target, way, random.nextBoolean() ? "cql" : "sstable", begun) ? 1 : 0;
        }
        end(target, way, random.nextBoolean() ? "cql" : "sstable");
        assertThat(target.rows()).as(moments.toString()).isEqualTo(expected.get(way.toString()));
        assertThat(target.prove(point).findings()).as(moments.toString()).isEmpty();
        empty(target);
      }
      System.out.println("killed " + killed + " times, with the keyspace at " + moments);
      assertThat(moments.keySet())
          .as("moments at which something was there")
          .anyMatch(moment -> !moment.equals(EMPTY));
    }
  }

  private Process start(TestTarget target, List<String> way, String writer) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(RecoverMain.class.getName(), "restore", "--writer=" + writer));
    line.addAll(way);
    line.add("--archive=" + cloud.archive());
    line.add("--shares=" + cloud.shares().get(0).getParent());
    line.add("--cassandra=127.0.0.1:" + LocalCassandra.shared().contactPoint().getPort());
    line.add("--keyspace=" + target.settings().keyspace());
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("tool.log").toFile())
        .start();
  }

  private void end(TestTarget target, List<String> way, String writer) throws Exception {
    target.target();
    int code = start(target, way, writer).waitFor();
    assertThat(code).as(Files.readString(folder.resolve("tool.log"))).isZero();
  }

  /**
   * Whether it had not ended by itself.
   *
   * @param begun kills it as soon as something is in the keyspace; false: at a random moment
   */
  private boolean kill(TestTarget target, List<String> way, String writer, boolean begun)
      throws Exception {
    long moment = (long) (random.nextDouble() * usual.get(way.toString()));
    Process tool = start(target, way, writer);
    boolean ended =
        begun ? endsBeforeItBegins(tool, target) : tool.waitFor(moment, TimeUnit.MILLISECONDS);
    if (ended) {
      assertThat(tool.exitValue()).as(Files.readString(folder.resolve("tool.log"))).isZero();
      return false;
    }
    List<ProcessHandle> writers = tool.descendants().toList();
    tool.destroyForcibly().waitFor();
    for (ProcessHandle one : writers) {
      one.onExit().get(20, TimeUnit.SECONDS);
    }
    moments.merge(target.target().state().map(Target.State::name).orElse(EMPTY), 1, Integer::sum);
    return true;
  }

  private static boolean endsBeforeItBegins(Process tool, TestTarget target) throws Exception {
    while (target.target().state().isEmpty()) {
      if (tool.waitFor(20, TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  private static void empty(TestTarget target) throws Exception {
    for (String table : TABLES) {
      target.execute("TRUNCATE %s." + table);
    }
  }
}
