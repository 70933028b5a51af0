package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumsTest {

  @Test
  void faultsOfAllTrials_areAddedUpByKind(@TempDir Path one, @TempDir Path two) throws Exception {
    Files.writeString(
        one.resolve(Sums.FAULTS), "NODE_KILL,9000,7100,5200,true\nNODE_CUT,5000,9900,-1,false\n");
    Files.writeString(two.resolve(Sums.FAULTS), "NODE_KILL,12000,20400,1000,false\n");
    Sums sums = new Sums();
    sums.add("GREEN", one);
    sums.add("VOID", two);
    assertThat(sums.table())
        .contains("trials: {GREEN=1, VOID=1}")
        .containsPattern("NODE_KILL +2 +1 +7\\.1 +20\\.4 +5\\.2 +0\n")
        .containsPattern("NODE_CUT +1 +0 +0\\.0 +9\\.9 +0\\.0 +1\n");
  }

  @Test
  void trialThatLeftNothing_isCountedAllTheSame(@TempDir Path folder) throws Exception {
    Sums sums = new Sums();
    sums.add("NONE", folder);
    assertThat(sums.table()).startsWith("trials: {NONE=1}\n");
  }
}
