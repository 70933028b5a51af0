package govcloud.node.exchange.crossing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import govcloud.node.vault.SubjectKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Bundles in Cassandra. What has an order is written under the condition that nobody was first;
 * messages are sealed, and those that are no longer wanted end by themselves.
 */
final class BundleTable implements BundleStore {

  /** Hashes of bundles that were taken in, by which forks are found. */
  private static final long REMEMBERED = 1_000;

  private final CqlSession session;
  private final String keyspace;
  private final SubjectKey key;
  private final int kept;
  private final PreparedStatement enqueue;
  private final PreparedStatement append;
  private final PreparedStatement acknowledge;
  private final PreparedStatement take;
  private final PreparedStatement keep;

  /**
   * Bundles of a keyspace.
   *
   * @param key seals messages
   * @param kept how long queries and answers are kept
   */
  BundleTable(CqlSession session, String keyspace, SubjectKey key, Duration kept) {
    this.session = session;
    this.keyspace = keyspace;
    this.key = key;
    this.kept = Math.toIntExact(Math.max(1, kept.toSeconds()));
    this.enqueue =
        prepare(
            "INSERT INTO %s.crossing_outgoing (cloud, id, message) VALUES (?, ?, ?)"
                + " IF NOT EXISTS USING TTL ?");
    this.append =
        prepare(
            "INSERT INTO %s.crossing_sent (cloud, stream, number, hash, at, messages, open, file)"
                + " VALUES (?, ?, ?, ?, ?, ?, true, ?) IF NOT EXISTS");
    this.acknowledge =
        prepare(
            "UPDATE %s.crossing_sent SET open = false, file = null, messages = null"
                + " WHERE cloud = ? AND stream = ? AND number = ? IF open = true");
    this.take =
        prepare(
            "INSERT INTO %s.crossing_taken (cloud, stream, number, hash) VALUES (?, ?, ?, ?)"
                + " IF NOT EXISTS");
    this.keep =
        prepare(
            "INSERT INTO %s.crossing_kept (cloud, name, message) VALUES (?, ?, ?)"
                + " IF NOT EXISTS USING TTL ?");
  }

  private PreparedStatement prepare(String cql) {
    return session.prepare(cql.formatted(keyspace));
  }

  private ResultSet run(String cql, Object... values) {
    return session.execute(prepare(cql).bind(values));
  }

  private ByteBuffer sealed(String cloud, String id, ByteString message) {
    return ByteBuffer.wrap(key.seal(place(cloud, id), message.toByteArray()));
  }

  private ByteString opened(String cloud, String id, Row row) {
    var bytes = new byte[row.getByteBuffer("message").remaining()];
    row.getByteBuffer("message").get(bytes);
    return key.open(place(cloud, id), bytes)
        .map(ByteString::copyFrom)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "message " + id + ": not sealed here (expected: with this ledger's key)"));
  }

  private static byte[] place(String cloud, String id) {
    return (cloud + "/" + id).getBytes(UTF_8);
  }

  @Override
  public void enqueue(String cloud, String id, ByteString message) {
    session.execute(enqueue.bind(cloud, id, sealed(cloud, id, message), kept));
  }

  @Override
  public List<String> outgoing(String cloud, int most) {
    return run("SELECT id FROM %s.crossing_outgoing WHERE cloud = ? LIMIT ?", cloud, most)
        .map(row -> row.getString("id"))
        .all();
  }

  @Override
  public Optional<ByteString> message(String cloud, String id) {
    return Optional.ofNullable(
            run("SELECT message FROM %s.crossing_outgoing WHERE cloud = ? AND id = ?", cloud, id)
                .one())
        .map(row -> opened(cloud, id, row));
  }

  @Override
  public void dequeue(String cloud, Collection<String> ids) {
    for (var id : ids) {
      run("DELETE FROM %s.crossing_outgoing WHERE cloud = ? AND id = ? IF EXISTS", cloud, id);
    }
  }

  @Override
  public List<Sent> sent(String cloud, String stream) {
    return new ArrayList<>(
        run(
                "SELECT number, hash, at, messages, open FROM %s.crossing_sent"
                    + " WHERE cloud = ? AND stream = ?",
                cloud, stream)
            .map(
                row ->
                    new Sent(
                        new Position(stream, row.getLong("number"), row.getString("hash")),
                        row.getInstant("at"),
                        row.getList("messages", String.class),
                        row.getBoolean("open")))
            .all());
  }

  @Override
  public Optional<ByteString> file(String cloud, Position bundle) {
    return Optional.ofNullable(
            run(
                    "SELECT file FROM %s.crossing_sent WHERE cloud = ? AND stream = ? AND number = ?",
                    cloud, bundle.stream(), bundle.number())
                .one())
        .map(row -> row.getByteBuffer("file"))
        .map(ByteString::copyFrom);
  }

  @Override
  public boolean append(String cloud, Sent bundle, ByteString file) {
    return session
        .execute(
            append.bind(
                cloud,
                bundle.position().stream(),
                bundle.position().number(),
                bundle.position().hash(),
                bundle.at(),
                bundle.messages(),
                file.asReadOnlyByteBuffer()))
        .wasApplied();
  }

  @Override
  public void acknowledged(String cloud, Position bundle) {
    session.execute(acknowledge.bind(cloud, bundle.stream(), bundle.number()));
    run(
        "DELETE FROM %s.crossing_sent WHERE cloud = ? AND stream = ? AND number < ?",
        cloud, bundle.stream(), bundle.number());
  }

  @Override
  public void forget(String cloud, String stream) {
    run("DELETE FROM %s.crossing_sent WHERE cloud = ? AND stream = ?", cloud, stream);
    run("DELETE FROM %s.crossing_taken WHERE cloud = ? AND stream = ?", cloud, stream);
  }

  @Override
  public Position taken(String cloud, String stream) {
    return Optional.ofNullable(
            run(
                    "SELECT number, hash FROM %s.crossing_taken WHERE cloud = ? AND stream = ? LIMIT 1",
                    cloud, stream)
                .one())
        .map(row -> new Position(stream, row.getLong("number"), row.getString("hash")))
        .orElse(Position.before(stream));
  }

  @Override
  public Optional<String> taken(String cloud, String stream, long number) {
    return Optional.ofNullable(
            run(
                    "SELECT hash FROM %s.crossing_taken WHERE cloud = ? AND stream = ? AND number = ?",
                    cloud, stream, number)
                .one())
        .map(row -> row.getString("hash"));
  }

  @Override
  public boolean take(String cloud, Position bundle) {
    var first =
        session
            .execute(take.bind(cloud, bundle.stream(), bundle.number(), bundle.hash()))
            .wasApplied();
    if (bundle.number() % REMEMBERED == 0) {
      run(
          "DELETE FROM %s.crossing_taken WHERE cloud = ? AND stream = ? AND number < ?",
          cloud, bundle.stream(), bundle.number() - REMEMBERED);
    }
    return first;
  }

  @Override
  public Optional<SignedMessage> standing(String cloud) {
    return Optional.ofNullable(
            run("SELECT standing FROM %s.crossing_clouds WHERE cloud = ?", cloud).one())
        .map(row -> row.getString("standing"))
        .map(BundleTable::read);
  }

  private static SignedMessage read(String text) {
    try {
      return SignedMessage.parse(text.getBytes(UTF_8));
    } catch (CrossingException e) {
      throw new IllegalStateException("standing: kept as it does not read", e);
    }
  }

  @Override
  public void keep(String cloud, SignedMessage standing) {
    run(
        "UPDATE %s.crossing_clouds SET standing = ? WHERE cloud = ?",
        new String(standing.toBytes(), UTF_8), cloud);
  }

  @Override
  public boolean keep(String cloud, String name, ByteString message) {
    return session.execute(keep.bind(cloud, name, sealed(cloud, name, message), kept)).wasApplied();
  }

  @Override
  public Optional<ByteString> kept(String cloud, String name) {
    return Optional.ofNullable(
            run("SELECT message FROM %s.crossing_kept WHERE cloud = ? AND name = ?", cloud, name)
                .one())
        .map(row -> opened(cloud, name, row));
  }
}
