package govcloud.recovery.sstable;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.TokenMap;
import govcloud.localcassandra.LocalCassandraException;
import govcloud.localcassandra.TableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Brings what requests would write into the only Cassandra of a cluster as files, which are made
 * beside it and moved into it. For several threads.
 */
public final class SstableLoader implements AutoCloseable {
  /** With less there is no room for a set of files. */
  private static final long LEAST_FREE_BYTES = 1L << 30;

  private static final String PARTITIONER = "org.apache.cassandra.dht.Murmur3Partitioner";
  private static final String VERSION = "5.0.";
  private static final String ATTACH = "jdk.attach";

  private final CqlSession session;
  private final CassandraManagement cassandra;
  private final Path folder;
  private final FileChannel lock;
  private final TableFiles files;
  private final LongAdder bytes = new LongAdder();
  private final Map<PreparedStatement, TableFiles.Table> tables = new ConcurrentHashMap<>();

  private SstableLoader(
      CqlSession session,
      CassandraManagement cassandra,
      Path folder,
      FileChannel lock,
      TableFiles files) {
    this.session = session;
    this.cassandra = cassandra;
    this.folder = folder;
    this.lock = lock;
    this.files = files;
  }

  /**
   * Finds the Cassandra of a session on this machine, and starts what makes files for it.
   *
   * @param keyspace its tables; names the folder beside Cassandra's own
   * @throws SstablesRefusedException when it is not alone, not here, somebody else's, of another
   *     version, or its disk has no room; or another loader works for the keyspace
   */
  public static SstableLoader open(CqlSession session, String keyspace)
      throws SstablesRefusedException {
    Node node = onlyNode(session);
    if (ModuleLayer.boot().findModule(ATTACH).isEmpty()) {
      throw new SstablesRefusedException("java: without " + ATTACH + " (expected: a JDK)");
    }
    CassandraManagement cassandra =
        CassandraManagement.find(node.getHostId())
            .orElseThrow(
                () ->
                    new SstablesRefusedException(
                        "Cassandra at %s: no process of this user on this machine (expected: one)"
                            .formatted(node.getEndPoint())));
    try {
      Path place = place(cassandra, keyspace);
      FileChannel lock = lock(place);
      try {
        empty(place);
        return new SstableLoader(session, cassandra, place, lock, TableFiles.start(place));
      } catch (IOException | LocalCassandraException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | LocalCassandraException e) {
      cassandra.close();
      throw new SstablesRefusedException(e.getMessage(), e);
    } catch (SstablesRefusedException e) {
      cassandra.close();
      throw e;
    }
  }

  /** What is not on every replica is on none: a file goes into one Cassandra. */
  private static Node onlyNode(CqlSession session) throws SstablesRefusedException {
    Collection<Node> nodes = session.getMetadata().getNodes().values();
    if (nodes.size() != 1) {
      throw new SstablesRefusedException(
          "Cassandra: %d nodes (expected: 1, on this machine)".formatted(nodes.size()));
    }
    Node node = nodes.iterator().next();
    String version = String.valueOf(node.getCassandraVersion());
    if (!version.startsWith(VERSION)) {
      throw new SstablesRefusedException(
          "Cassandra: version %s (expected: %sx)".formatted(version, VERSION));
    }
    Optional<String> partitioner =
        session.getMetadata().getTokenMap().map(TokenMap::getPartitionerName);
    if (!partitioner.equals(Optional.of(PARTITIONER))) {
      throw new SstablesRefusedException(
          "partitioner: %s (expected: %s)".formatted(partitioner.orElse("unknown"), PARTITIONER));
    }
    return node;
  }

  /** On Cassandra's own disk, where moving a file into a table is giving it another name. */
  private static Path place(CassandraManagement cassandra, String keyspace)
      throws IOException, SstablesRefusedException {
    Path data = cassandra.dataFolders().get(0);
    if (!Files.isWritable(data)) {
      throw new SstablesRefusedException(
          "Cassandra's folder %s: not there, or not to be written (expected: this user's)"
              .formatted(data));
    }
    Path place = Files.createDirectories(data.resolveSibling("restore-" + keyspace));
    long free = Files.getFileStore(place).getUsableSpace();
    if (free < LEAST_FREE_BYTES) {
      throw new SstablesRefusedException(
          "disk of %s: %d MiB free (expected: >= %d MiB)"
              .formatted(place, free >> 20, LEAST_FREE_BYTES >> 20));
    }
    if (!Files.getFileStore(place).equals(Files.getFileStore(data))) {
      throw new SstablesRefusedException(
          "%s: on another disk than %s (expected: the same)".formatted(place, data));
    }
    return place;
  }

  private static FileChannel lock(Path place) throws IOException, SstablesRefusedException {
    FileChannel channel =
        FileChannel.open(
            place.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> taken;
    try {
      taken = Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException here) {
      taken = Optional.empty();
    }
    if (taken.isEmpty()) {
      channel.close();
      throw new SstablesRefusedException(
          place + ": another restore makes files there (expected: none)");
    }
    return channel;
  }

  /** What a predecessor left that was killed; the lock stays. */
  private static void empty(Path place) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(place)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      if (!file.equals(place) && !file.equals(place.resolve("lock"))) {
        Files.delete(file);
      }
    }
  }

  /**
   * Adds the rows that requests would write.
   *
   * @throws IOException when no files are made any more, with the reason
   */
  public void add(List<? extends Statement<?>> requests) throws IOException {
    for (Statement<?> request : requests) {
      if (request instanceof BatchStatement batch) {
        for (BatchableStatement<?> row : batch) {
          add((BoundStatement) row);
        }
      } else {
        add((BoundStatement) request);
      }
    }
  }

  private void add(BoundStatement row) throws IOException {
    row.getValues().forEach(value -> bytes.add(value.remaining()));
    files.add(tables.computeIfAbsent(row.getPreparedStatement(), this::table), row.getValues());
  }

  /** The request names the table, and Cassandra says how it is made. */
  private TableFiles.Table table(PreparedStatement insert) {
    var column = insert.getVariableDefinitions().get(0);
    String definition =
        session
            .getMetadata()
            .getKeyspace(column.getKeyspace())
            .flatMap(keyspace -> keyspace.getTable(column.getTable()))
            .orElseThrow()
            .describe(false);
    return new TableFiles.Table(
        column.getKeyspace().asInternal(),
        column.getTable().asInternal(),
        definition,
        insert.getQuery());
  }

  /** Bytes of all rows that were added. */
  public long bytes() {
    return bytes.sum();
  }

  /** Ends a set of files, which {@link #load} takes when it is complete. */
  public CompletableFuture<Path> finish() {
    return files.finish();
  }

  /**
   * Moves a set of files into Cassandra; afterwards its rows are there, and stay when the machine
   * loses power.
   *
   * @throws IOException when Cassandra does not take all of them: some may be there
   */
  public void load(Path set) throws IOException {
    for (Path keyspace : children(set)) {
      for (Path table : children(keyspace)) {
        load(keyspace.getFileName().toString(), table.getFileName().toString(), table);
      }
    }
    empty(set);
  }

  private void load(String keyspace, String table, Path files) throws IOException {
    cassandra.load(keyspace, table, files);
    // Cassandra passes over files that it does not know, and says nothing.
    Optional<Path> left =
        children(files).stream().filter(file -> file.toString().endsWith("-Data.db")).findFirst();
    if (left.isPresent()) {
      throw new IOException("table " + table + ": passed over " + left.get().getFileName());
    }
    for (Path place : cassandra.folders(keyspace, table)) {
      try (FileChannel names = FileChannel.open(place, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  /** Ends what makes files, and deletes those that are not loaded. */
  @Override
  public void close() {
    files.close();
    cassandra.close();
    try (lock) {
      empty(folder);
      Files.delete(folder.resolve("lock"));
      Files.delete(folder);
    } catch (IOException left) {
      // the next loader for this keyspace empties it
    }
  }
}
