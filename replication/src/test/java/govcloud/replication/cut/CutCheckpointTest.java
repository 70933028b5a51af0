package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that may be damaged, and then is as if it were not there. */
class CutCheckpointTest {
  private static final int MAGIC = 0x47435031;

  @TempDir private Path folder;

  private long number(int magic, long number) throws Exception {
    Path file = folder.resolve("checkpoint");
    Files.write(file, ByteBuffer.allocate(12).putInt(magic).putLong(number).array());
    return new CutCheckpoint(file).number();
  }

  @Test
  void number_isOfTheCutThatItWasWrittenAt() throws Exception {
    assertThat(number(MAGIC, 17)).isEqualTo(17);
    assertThat(new CutCheckpoint(folder.resolve("none")).number()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 0x8000000000000011L})
  void damagedNumber_isNone(long damaged) throws Exception {
    assertThat(number(MAGIC, damaged)).isZero();
    assertThat(number(MAGIC + 1, 17)).isZero();
  }
}
