package govcloud.node.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 4 MiB under the archive. */
@Tag("slow")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AttachmentDiskFullIT {

  private static final String PATH = "/v1/tenants/harbour/attachments";

  @TempDir private Path folder;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", "" + disk),
        "a small disk cannot be mounted here (root may)");
  }

  @AfterEach
  void unmount() throws Exception {
    succeeds("umount", "-l", disk.toString());
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void fileThatDoesNotFit_sent_is507AndLeavesTheRoomToOthers() throws Exception {
    try (var house = new AttachmentHouse(disk, "")) {
      // The first is too large to be put aside, the second to be put aside and stored.
      for (int length : new int[] {6_000_000, 2_500_000}) {
        var answer = send(house, length);
        assertThat(answer).as("%d bytes", length).isEqualTo("ATTACHMENTS_FULL");
        assertThat(house.archive.resolve("incoming")).isEmptyDirectory();
      }
      assertThat(send(house, 1_000_000)).isEmpty();
    }
  }

  private static String send(AttachmentHouse house, int length) {
    return house.client.send("POST", PATH, "x".repeat(length), "Content-Type", "text/plain").code();
  }
}
