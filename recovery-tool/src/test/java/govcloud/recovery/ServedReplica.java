package govcloud.recovery;

import govcloud.replication.keys.ReaderGrant;
import govcloud.replication.keys.ReaderGrants;
import govcloud.replication.reading.ReadingServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The replica of a lost cloud, as its sibling lets a reader read it. */
public final class ServedReplica implements AutoCloseable {
  private final Path reader;
  private final ReadingServer server;

  /** Grants and serves. */
  public ServedReplica(LostCloud cloud, Path reader) throws Exception {
    this.reader = reader;
    cloud.siblingKeys().trust(cloud.keys().card());
    Instant now = Instant.parse("2026-03-02T21:08:26Z");
    String name = reader.getFileName().toString();
    ReaderGrant grant =
        new ReaderGrants(cloud.siblingKeys())
            .grant(
                LostCloud.NAME,
                name,
                reader,
                now,
                now.plus(Duration.ofDays(1)),
                new SecureRandom());
    server =
        new ReadingServer(
            cloud.archive(), LostCloud.NAME, cloud.siblingKeys().link(), grant.certificate());
  }

  /** The server, to give it troubles. */
  public ReadingServer server() {
    return server;
  }

  /** What names the replica on the command line. */
  public List<String> options() {
    return List.of("--archive", "https://" + server.address(), "--reader", reader.toString());
  }

  @Override
  public void close() {
    server.close();
  }
}
