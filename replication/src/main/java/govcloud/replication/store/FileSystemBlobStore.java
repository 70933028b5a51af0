package govcloud.replication.store;

import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStore.Stored;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Blobs in a folder of which every file is written once. Several processes may use it. */
public final class FileSystemBlobStore implements BlobStore {
  private final WriteOnceFolder folder;

  private FileSystemBlobStore(WriteOnceFolder folder) {
    this.folder = folder;
  }

  /**
   * The blobs of an archive in a folder, which is made if it is not there.
   *
   * @throws ArchiveStoreException when the folder cannot be used
   */
  public static FileSystemBlobStore open(Path root) throws ArchiveStoreException {
    try {
      return new FileSystemBlobStore(WriteOnceFolder.open(root));
    } catch (IOException e) {
      throw ArchiveStoreException.of(root, e);
    }
  }

  /** Another cloud's blobs, to be looked at: nothing in the folder is made; {@link #put} fails. */
  public static FileSystemBlobStore readOnly(Path root) {
    return new FileSystemBlobStore(WriteOnceFolder.existing(root));
  }

  @Override
  public Stored put(BlobAddress address, BlobSource source) throws ArchiveStoreException {
    try {
      return folder.write(address.name(), channel -> write(channel, address, source))
          ? Stored.NEW
          : same(address);
    } catch (IOException e) {
      throw ArchiveStoreException.of(folder.path(address.name()), e);
    }
  }

  private static void write(FileChannel channel, BlobAddress address, BlobSource source)
      throws IOException, ArchiveStoreException {
    byte[] buffer = new byte[AddressedStream.BUFFER];
    channel.truncate(0);
    try (AddressedStream in = new AddressedStream(source.open(), address, source.length())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (AddressedStream.WrongException e) {
      throw e.told();
    }
  }

  private Stored same(BlobAddress address) throws IOException, ArchiveStoreException {
    Path file = folder.path(address.name());
    try (InputStream in = Files.newInputStream(file)) {
      AddressedStream.check(in, address, Files.size(file));
    } catch (AddressedStream.WrongException e) {
      throw new ArchiveStoreException(ArchiveDefect.ARCHIVE_CONFLICT, address.name());
    }
    folder.flushThere(address.name());
    return Stored.ALREADY_THERE;
  }

  @Override
  public OptionalLong length(BlobAddress address) throws ArchiveStoreException {
    return folder.length(address.name());
  }

  @Override
  public Optional<InputStream> read(BlobAddress address, long from, long to)
      throws ArchiveStoreException {
    return folder.read(address.name(), from, to);
  }

  @Override
  public void list(int branch, Consumer<StoredBlob> each) throws ArchiveStoreException {
    Path place = folder.path(BlobAddress.folder(branch));
    try {
      if (Files.isDirectory(place)) {
        // What another has just linked must not be listed and then be lost by a power cut.
        WriteOnceFolder.flush(place);
        for (Path file : sorted(place)) {
          String name = BlobAddress.folder(branch) + "/" + file.getFileName();
          Optional<BlobAddress> address = BlobAddress.ofName(name);
          if (address.isPresent()) {
            each.accept(new StoredBlob(address.get(), Files.size(file)));
          }
        }
      }
    } catch (IOException e) {
      throw ArchiveStoreException.of(place, e);
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
