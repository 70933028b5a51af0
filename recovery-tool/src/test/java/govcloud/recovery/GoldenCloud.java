package govcloud.recovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * What was left of a small cloud as the first version kept it, in a file that is never changed: the
 * sibling's folder, the shares of a key that protects nothing else, and what a plan said of it.
 * {@code -Dgolden.write=true} writes it where it is missing.
 *
 * @param folder into which it was unpacked
 */
public record GoldenCloud(Path folder) {
  private static final Path FILE = Path.of("src/test/resources/golden/lost-cloud-1.zip");
  private static final LostCloud.Size SIZE = new LostCloud.Size(2, 2, 2, 2);
  private static final String RECEIVED = "received";
  private static final String SHARES = "shares";
  private static final String PLAN = "plan.json";

  /** What a plan says, as JSON. */
  @FunctionalInterface
  public interface Planning {
    /** Plans a recovery of what is in the folder. */
    String plan(GoldenCloud cloud) throws Exception;
  }

  /**
   * Unpacks it.
   *
   * @param folder an empty one
   * @param planning for what is not there yet
   */
  public static GoldenCloud in(Path folder, Planning planning) throws Exception {
    if (Boolean.getBoolean("golden.write") && !Files.exists(FILE)) {
      write(folder.resolve("made"), planning);
    }
    GoldenCloud cloud = new GoldenCloud(folder.resolve("golden"));
    try (InputStream file = Files.newInputStream(FILE);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = cloud.folder.resolve(entry.getName());
        Files.createDirectories(path.getParent());
        Files.copy(zip, path);
      }
    }
    return cloud;
  }

  private static void write(Path folder, Planning planning) throws Exception {
    LostCloud.make(folder, SIZE, 71);
    Files.writeString(folder.resolve(PLAN), planning.plan(new GoldenCloud(folder)));
    Files.createDirectories(FILE.getParent());
    try (OutputStream file = Files.newOutputStream(FILE);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String part : List.of(RECEIVED, SHARES, PLAN)) {
        for (Path path : files(folder.resolve(part))) {
          zip.putNextEntry(new ZipEntry(folder.relativize(path).toString()));
          Files.copy(path, zip);
          zip.closeEntry();
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What the sibling received. */
  public Path archive() {
    return folder.resolve(RECEIVED);
  }

  /** Where the shares are. */
  public Path shares() {
    return folder.resolve(SHARES);
  }

  /** What a plan said when it was kept. */
  public String plan() throws IOException {
    return Files.readString(folder.resolve(PLAN));
  }
}
