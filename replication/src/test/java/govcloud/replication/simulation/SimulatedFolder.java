package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.link.DropFolder;
import govcloud.replication.link.DropName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One process's way to a folder of a gateway: may fail before or after, may end in a crash. */
final class SimulatedFolder implements DropFolder {
  private final World world;
  private final Map<String, ByteString> files;
  private final Life life;

  SimulatedFolder(World world, Map<String, ByteString> files, Life life) {
    this.world = world;
    this.files = files;
    this.life = life;
  }

  @Override
  public void put(String name, ByteString file) throws IOException {
    begin();
    world.trace(() -> "dropped " + name);
    if (DropName.parse(name).orElseThrow().kind() == DropName.Kind.WANTED) {
      world.tally.count(Fault.FILE_ASKED_FOR_AGAIN);
    }
    files.put(name, file);
    end();
  }

  @Override
  public List<String> list() throws IOException {
    begin();
    return List.copyOf(files.keySet());
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    begin();
    return Optional.ofNullable(files.get(name)).map(ByteString::toByteArray);
  }

  @Override
  public void put(String name, BlobSource source) throws IOException {
    try (InputStream in = source.open()) {
      put(name, ByteString.readFrom(in));
    }
  }

  @Override
  public Optional<BlobSource> open(String name) throws IOException {
    return read(name).map(SimulatedFolder::source);
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

  @Override
  public void delete(String name) throws IOException {
    begin();
    files.remove(name);
    end();
  }

  @Override
  public void setAside(String name, String reason) throws IOException {
    begin();
    world.tally.count(Fault.FILE_SET_ASIDE);
    world.trace(() -> "set aside: " + reason);
    files.remove(name);
    end();
  }

  private void begin() throws IOException {
    world.step(life);
    fail();
  }

  private void end() throws IOException {
    world.step(life);
    fail();
  }

  private void fail() throws IOException {
    if (world.strikes(0.004, Fault.FOLDER_FAILED)) {
      throw new IOException(Fault.FOLDER_FAILED.name());
    }
  }
}
