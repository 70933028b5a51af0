package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Small disks: ext4 images on loop devices, kept on an XFS that can copy a file in an instant. Such
 * a copy is what the device held at that moment; what had not reached it is lost, as in a power
 * cut.
 */
public final class Disks {

  private static final long RESERVE = 8L << 20;

  private final Path array;
  private final Path mounts;
  private final Map<String, Path> images = new LinkedHashMap<>();
  private int copies;

  /** Makes the file system that holds the images, in {@code folder}. */
  public Disks(Path folder) throws IOException {
    this.array = Files.createDirectories(Path.of("/run/array"));
    this.mounts = Files.createDirectories(Path.of("/run/disks"));
    Path store = folder.resolve("disks.xfs");
    Command.run("truncate", "-s", "8G", store.toString());
    Command.run("mkfs.xfs", "-q", "-f", "-m", "reflink=1", store.toString());
    Command.run("mount", "-o", "loop", store.toString(), array.toString());
    // The mount keeps the file; its name goes now, so that nothing is left however the run ends.
    Files.delete(store);
  }

  /** Makes a disk and returns where it is mounted. */
  public Path create(String name, int megabytes) {
    Path image = array.resolve(name + ".img");
    Command.run("truncate", "-s", megabytes + "M", image.toString());
    Command.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
    images.put(name, image);
    return mount(name);
  }

  /** Where a disk is mounted. */
  public Path folder(String name) {
    return mounts.resolve(name);
  }

  private Path mount(String name) {
    Path point = folder(name);
    try {
      Files.createDirectories(point);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Command.run("mount", "-o", "loop", images.get(name).toString(), point.toString());
    return point;
  }

  /** What the disk holds at this moment; its processes should be stopped. */
  public Path copy(String name) {
    Path copy = array.resolve(name + "-" + ++copies + ".img");
    Command.run("cp", "--reflink=always", images.get(name).toString(), copy.toString());
    return copy;
  }

  /** Puts a copy in the place of the disk, all of whose processes have ended. */
  public void replace(String name, Path copy) {
    Command.run("umount", folder(name).toString());
    Path old = images.put(name, copy);
    try {
      Files.delete(old);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mount(name);
  }

  /** Takes all free blocks of the disk. */
  public void fill(String name) {
    String filler = folder(name).resolve("filler").toString();
    // Most of it at once; what others leave of the rest while they write, block by block.
    long most = Math.max(4096, free(name) - RESERVE);
    String rest = "dd if=/dev/zero of=" + filler + " bs=64k oflag=append conv=notrunc 2>/dev/null";
    Command.run("sh", "-c", "fallocate -l " + most + " " + filler + "; " + rest + " || true");
  }

  /** Bytes that can still be written. */
  public long free(String name) {
    try {
      return Files.getFileStore(folder(name)).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes away what filled the disk. */
  public void empty(String name) {
    try {
      Files.deleteIfExists(folder(name).resolve("filler"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of the disk's loop device, such as {@code 7:3}. */
  public String device(String name) {
    return Command.run("mountpoint", "-d", folder(name).toString());
  }
}
