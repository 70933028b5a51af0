package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.link.DropFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A folder in memory; a step before and after each change may end whoever makes it. */
final class MemoryFolder implements DropFolder {

  private final Runnable step;
  final Map<String, ByteString> files = new TreeMap<>();

  /** Files that were set aside, with the reason. */
  final Map<String, String> aside = new TreeMap<>();

  MemoryFolder(Runnable step) {
    this.step = step;
  }

  private void change(Runnable change) {
    step.run();
    change.run();
    step.run();
  }

  @Override
  public void put(String name, ByteString file) {
    change(() -> files.put(name, file));
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.keySet());
  }

  @Override
  public Optional<byte[]> read(String name) {
    return Optional.ofNullable(files.get(name)).map(ByteString::toByteArray);
  }

  @Override
  public void put(String name, BlobSource source) throws IOException {
    throw new IOException("no blobs here");
  }

  @Override
  public Optional<BlobSource> open(String name) {
    return Optional.empty();
  }

  @Override
  public void delete(String name) {
    change(() -> files.remove(name));
  }

  @Override
  public void setAside(String name, String reason) {
    change(
        () -> {
          aside.put(name, reason);
          files.remove(name);
        });
  }
}
