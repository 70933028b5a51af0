package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import govcloud.recovery.LostCloud;
import govcloud.recovery.ServedReplica;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.reading.ReadingServer.Trouble;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Attachments that are larger than the memory of the tool come over a line that breaks. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeAttachmentIT {
  private static final int LENGTH = 64 << 20;

  /** Less than one attachment. */
  private static final String HEAP = "-Xmx48m";

  private static final int LARGEST_PIECE = 4 << 20;
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  @TempDir private Path folder;
  private LostCloud cloud;
  private byte[] bytes;
  private BlobAddress address;

  @BeforeAll
  void lose(@TempDir Path lost) throws Exception {
    cloud = LostCloud.make(lost, LostCloud.Size.SMALL, 37);
    bytes = new byte[LENGTH];
    new Random(37).nextBytes(bytes);
    address = new BlobAddress(ReplicaHash.of(bytes, 0, bytes.length));
    FileSystemBlobStore.open(cloud.archive()).put(address, source(bytes));
  }

  private static BlobSource source(byte[] bytes) {
    return new BlobSource() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private List<String> failover(ServedReplica served, Path site) {
    List<String> line = new ArrayList<>(List.of("failover"));
    line.addAll(served.options());
    line.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    line.addAll(List.of("--emergency", "rehearsal", "--approved-by=zhang", "--approved-by=li"));
    line.addAll(List.of("--keys", site.resolve("keys").toString()));
    line.addAll(List.of("--home-archive", site.resolve("archive").toString()));
    line.addAll(List.of("--card", site.resolve("card").toString()));
    return line;
  }

  private static Run inSmallProcess(List<String> line, Path said) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), RecoverMain.class.getName()));
    all.addAll(line);
    Process tool =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    return new Run(tool.waitFor(), "", Files.readString(said));
  }

  @Test
  void attachmentOf64MiB_overALineThatBreaks_comesWhole_inLessMemoryThanItHas() throws Exception {
    try (ServedReplica served = new ServedReplica(cloud, folder.resolve("zhang"))) {
      served.server().troubles(number -> number % 7 == 0 ? Trouble.CUT : Trouble.NONE);
      Run run = inSmallProcess(failover(served, folder.resolve("breaks")), folder.resolve("said"));
      assertThat(run.code()).as(run.err()).isZero();
      Path brought = folder.resolve("breaks/archive").resolve(address.name());
      assertThat(Files.readAllBytes(brought)).isEqualTo(bytes);
      List<long[]> asked = pieces(served);
      assertThat(asked).allMatch(piece -> piece[1] - piece[0] < LARGEST_PIECE);
      assertThat(asked.stream().filter(piece -> piece[0] == 0).filter(piece -> piece[1] > 0))
          .as("what has come is not asked for again")
          .hasSizeLessThanOrEqualTo(2);
    }
  }

  /** First and last byte of each piece of the attachment that was asked for. */
  private List<long[]> pieces(ServedReplica served) {
    List<long[]> pieces = new ArrayList<>();
    for (String asked : served.server().asked()) {
      Matcher range = RANGE.matcher(asked);
      if (asked.contains(address.name()) && range.find()) {
        pieces.add(new long[] {Long.parseLong(range.group(1)), Long.parseLong(range.group(2))});
      }
    }
    return pieces;
  }

  @Test
  void bytesThatStayWrong_endWithTheirCode_andTheSameCommandGoesOn() throws Exception {
    try (ServedReplica served = new ServedReplica(cloud, folder.resolve("li"))) {
      // Bytes that the sibling's own disk has wrong are no damage that a second try mends.
      served.server().troubles(number -> pieces(served).size() > 3 ? Trouble.WRONG : Trouble.NONE);
      List<String> line = failover(served, folder.resolve("wrong"));
      Run broken = Run.of(ExitCode.UNAVAILABLE, line.toArray(new String[0]));
      assertThat(broken.err()).contains("ARCHIVE_ADDRESS_WRONG", ReplicaHash.hex(address.hash()));
      assertThat(folder.resolve("wrong/archive").resolve(address.name())).doesNotExist();
      assertThat(folder.resolve("wrong/keys")).doesNotExist();
      served.server().troubles(number -> Trouble.NONE);
      Run.of(ExitCode.OK, line.toArray(new String[0]));
      assertThat(folder.resolve("wrong/archive").resolve(address.name())).hasBinaryContent(bytes);
    }
  }
}
