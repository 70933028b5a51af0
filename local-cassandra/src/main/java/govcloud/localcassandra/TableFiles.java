package govcloud.localcassandra;

import govcloud.localcassandra.launcher.TableWriter;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes tables as the files that Cassandra keeps (SSTables), without a Cassandra that runs: in a
 * JVM of its own, which alone has Cassandra's jars. For several threads. Whoever calls has the
 * files imported.
 */
public final class TableFiles implements AutoCloseable {
  /** Rows of a table that are in memory before they become a file. */
  private static final int BUFFER_MEGABYTES = 48;

  private static final int HEAP_MEGABYTES = 640;
  private static final int PIPE_BYTES = 1 << 16;
  private static final long END_MILLIS = 2_000;

  /**
   * A table and what is written into it.
   *
   * @param definition CREATE TABLE with the name of the keyspace
   * @param insert INSERT with the name of the keyspace; a mark for each value
   */
  public record Table(String keyspace, String name, String definition, String insert) {}

  private final Path folder;
  private final Process process;
  private final DataOutputStream rows;
  private final Thread answers = new Thread(this::readAnswers, "table-files");
  private final Map<Table, Integer> numbers = new HashMap<>();
  private final Queue<CompletableFuture<Path>> expected = new ArrayDeque<>();
  private Optional<IOException> failure = Optional.empty();

  private TableFiles(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.rows =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), PIPE_BYTES));
  }

  /**
   * Starts the JVM; it ends with this one, however that ends.
   *
   * @param folder an empty one, where the files are made
   * @throws LocalCassandraException when this installation has no jars of Cassandra, or no Java for
   *     them
   */
  public static TableFiles start(Path folder) throws IOException {
    CassandraLibrary library = CassandraLibrary.find();
    JavaHome java = JavaHome.find(Optional.empty());
    Files.writeString(
        folder.resolve("logback.xml"),
        CassandraFiles.resource("logback.xml")
            .replace("${log}", folder.resolve("tables.log").toString()));
    Process process =
        new ProcessBuilder(words(folder, library, java))
            .directory(folder.toFile())
            .redirectError(console(folder).toFile())
            .start();
    TableFiles files = new TableFiles(folder, process);
    files.answers.setDaemon(true);
    files.answers.start();
    return files;
  }

  private static List<String> words(Path folder, CassandraLibrary library, JavaHome java) {
    List<String> words = new ArrayList<>();
    words.add(java.java().toString());
    words.addAll(
        List.of(
            "-Xmx" + HEAP_MEGABYTES + "m",
            "-XX:+UseParallelGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djava.io.tmpdir=" + folder,
            "-Djna.nosys=true",
            "-Dlogback.configurationFile=" + folder.resolve("logback.xml")));
    words.addAll(CommandLine.opened());
    words.add("-cp");
    words.add(
        Stream.concat(library.jars().stream(), Stream.of(CassandraLibrary.codeLocation()))
            .map(Path::toString)
            .collect(Collectors.joining(":")));
    words.add(TableWriter.class.getName());
    words.add(folder.toString());
    words.add(Integer.toString(BUFFER_MEGABYTES));
    return words;
  }

  private static Path console(Path folder) {
    return folder.resolve("console.log");
  }

  /**
   * Adds a row.
   *
   * @param values as the protocol of CQL encodes them; none is null
   * @throws IOException when no further files are made, with the reason
   */
  public synchronized void add(Table table, List<ByteBuffer> values) throws IOException {
    try {
      Integer number = numbers.get(table);
      if (number == null) {
        number = numbers.size();
        numbers.put(table, number);
        announce(number, table);
      }
      rows.write(TableWriter.ROW);
      rows.writeInt(number);
      rows.writeInt(values.size());
      for (ByteBuffer value : values) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        write(bytes);
      }
    } catch (IOException ended) {
      throw reason(ended);
    }
  }

  private void announce(int number, Table table) throws IOException {
    rows.write(TableWriter.TABLE);
    rows.writeInt(number);
    for (String text :
        List.of(table.keyspace(), table.name(), table.definition(), table.insert())) {
      write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void write(byte[] bytes) throws IOException {
    rows.writeInt(bytes.length);
    rows.write(bytes);
  }

  /**
   * Ends a set of files; what is added afterwards belongs to the next one.
   *
   * @return where it is when it is complete and on the disk: one folder for each keyspace, with one
   *     for each table; fails with an {@link IOException} that says why there is none
   */
  public synchronized CompletableFuture<Path> finish() {
    CompletableFuture<Path> complete = new CompletableFuture<>();
    synchronized (expected) {
      failure.ifPresentOrElse(complete::completeExceptionally, () -> expected.add(complete));
    }
    try {
      rows.write(TableWriter.FINISH);
      rows.flush();
    } catch (IOException ended) {
      fail(reason(ended));
    }
    return complete;
  }

  private void readAnswers() {
    int done = 0;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(TableWriter.DONE)) {
          done++;
          complete(folder.resolve(Integer.toString(done)));
        } else if (line.startsWith(TableWriter.FAILED)) {
          fail(new IOException(line.substring(TableWriter.FAILED.length())));
        }
      }
      fail(new IOException("the JVM that writes them has ended, see " + console(folder)));
    } catch (IOException unreadable) {
      fail(unreadable);
    }
  }

  private void complete(Path set) {
    synchronized (expected) {
      expected.remove().complete(set);
    }
  }

  /** The first reason is the one. */
  private void fail(IOException reason) {
    synchronized (expected) {
      if (failure.isEmpty()) {
        failure = Optional.of(reason);
      }
      expected.forEach(waiting -> waiting.completeExceptionally(failure.get()));
      expected.clear();
    }
  }

  /** A pipe only breaks; what its other end said last is why. */
  private IOException reason(IOException broken) {
    try {
      answers.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (expected) {
      return failure.orElse(broken);
    }
  }

  /** Ends the JVM; files that are not complete stay as they are. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
