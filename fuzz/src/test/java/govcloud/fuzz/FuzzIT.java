package govcloud.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chance, led by what it reaches in our code (Jazzer): half a minute for all targets together, an
 * hour for one with {@code -Dfuzz.seconds=3600 -Dfuzz.target=XES}. An input that is a finding is
 * kept in {@code target/fuzz}; copy it to {@code src/test/findings/TARGET} with the mend.
 */
@Tag("slow")
class FuzzIT {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 30);

  /** Getting ready takes ten seconds, and minutes where whole clouds are played beside it. */
  private static final long READY = 600;

  private static final String TARGET = System.getProperty("fuzz.target", FuzzEntry.ALL);
  private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs in");

  @TempDir private Path folder;

  private record Outcome(int exit, String log) {

    long runs() {
      var done = RUNS.matcher(log);
      return done.find() ? Long.parseLong(done.group(1)) : 0;
    }
  }

  private Outcome fuzz(String target, List<byte[]> seeds) throws Exception {
    var corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(corpus.resolve("seed-" + i), seeds.get(i));
    }
    var findings = Files.createDirectories(Path.of("target", "fuzz", target).toAbsolutePath());
    var log = folder.resolve("log");
    var process = start(target, corpus, findings, log);
    try {
      assertThat(process.waitFor(SECONDS + READY, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    return new Outcome(process.exitValue(), Files.readString(log, StandardCharsets.ISO_8859_1));
  }

  private static Process start(String target, Path corpus, Path findings, Path log)
      throws IOException {
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                "-D" + FuzzEntry.TARGET + "=" + target,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzEntry.class.getName(),
                "--instrumentation_includes=govcloud.**",
                "-max_total_time=" + SECONDS,
                "-timeout=10",
                "-max_len=4096",
                "-artifact_prefix=" + findings + "/",
                corpus.toString()));
    return new ProcessBuilder(words)
        .directory(findings.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  @Test
  void anyInput_isTakenOrRefused() throws Exception {
    var seeds = TARGET.equals(FuzzEntry.ALL) ? Seeds.ofAll() : Seeds.of(Target.valueOf(TARGET));
    var outcome = fuzz(TARGET, seeds);
    assertThat(outcome.exit()).as(outcome.log()).isZero();
    assertThat(outcome.runs()).as(outcome.log()).isPositive();
    System.out.println("fuzz: " + TARGET + ", runs: " + outcome.runs());
  }

  @Test
  void knownDefect_isFound() throws Exception {
    var outcome = fuzz(FuzzEntry.DEFECT, List.of(new byte[] {1}));
    assertThat(outcome.exit()).as(outcome.log()).isNotZero();
    assertThat(outcome.log()).contains("the known defect");
  }
}
