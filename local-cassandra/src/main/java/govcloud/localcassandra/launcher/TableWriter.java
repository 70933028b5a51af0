package govcloud.localcassandra.launcher;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The main of a JVM that writes SSTables from the rows that come over its standard input, with the
 * code of Cassandra, by reflection as the {@link Launcher}. Ends when its parent ends. One line on
 * standard output for each set of files that is complete and on the disk.
 */
public final class TableWriter {
  /** A message that names a table: number, keyspace, name, its definition, the insert statement. */
  public static final int TABLE = 1;

  /** A message with a row: number of the table, how many values, each with its length before it. */
  public static final int ROW = 2;

  /** A message without content: what came so far is a set of files. */
  public static final int FINISH = 3;

  /** The line that says that the next set of files is complete. */
  public static final String DONE = "done";

  /** Begins the line that says why there will be no further files. */
  public static final String FAILED = "failed: ";

  private static final int FAILURE = 70;
  private static final int PIPE_BYTES = 1 << 18;

  private final Path folder;
  private final PrintStream answers;
  private final int bufferMegabytes;
  private final Class<?> type;
  private final MethodHandle add;
  private final MethodHandle close;
  private final Map<Integer, Table> tables = new LinkedHashMap<>();
  private final ExecutorService finishing = Executors.newSingleThreadExecutor();
  private Map<Integer, Object> writers = new LinkedHashMap<>();
  private int set;

  private record Table(String keyspace, String name, String definition, String insert) {}

  private TableWriter(Path folder, int bufferMegabytes, PrintStream answers)
      throws ReflectiveOperationException {
    this.folder = folder;
    this.bufferMegabytes = bufferMegabytes;
    this.answers = answers;
    this.type = Class.forName("org.apache.cassandra.io.sstable.CQLSSTableWriter");
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    this.add =
        lookup
            .findVirtual(type, "rawAddRow", MethodType.methodType(type, List.class))
            .asType(MethodType.methodType(Object.class, Object.class, List.class));
    this.close =
        lookup
            .findVirtual(type, "close", MethodType.methodType(void.class))
            .asType(MethodType.methodType(void.class, Object.class));
  }

  /**
   * Arguments: a folder, in which each set of files has a folder with its number, from 1, with one
   * folder for each keyspace and table below it; megabytes of rows in memory before they are
   * written, for each table.
   */
  public static void main(String[] arguments) {
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // Whatever a library prints is not an answer.
    System.setOut(System.err);
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, PIPE_BYTES))) {
      new TableWriter(Path.of(arguments[0]), Integer.parseInt(arguments[1]), answers).run(in);
    } catch (Throwable e) {
      fail(answers, e);
    }
    // Files that nobody asked to finish are nobody's.
    Runtime.getRuntime().halt(0);
  }

  private void run(DataInputStream in) throws Throwable {
    for (int message = in.read(); message >= 0; message = in.read()) {
      switch (message) {
        case TABLE -> tables.put(in.readInt(), new Table(text(in), text(in), text(in), text(in)));
        case ROW -> row(in);
        case FINISH -> finish();
        default -> throw new IOException("message " + message + " (expected: 1 to 3)");
      }
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private void row(DataInputStream in) throws Throwable {
    int table = in.readInt();
    ByteBuffer[] values = new ByteBuffer[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      byte[] value = new byte[in.readInt()];
      in.readFully(value);
      values[i] = ByteBuffer.wrap(value);
    }
    Object writer = writers.get(table);
    if (writer == null) {
      writer = writer(tables.get(table));
      writers.put(table, writer);
    }
    Object unused = (Object) add.invokeExact(writer, Arrays.asList(values));
  }

  private Object writer(Table table) throws IOException, ReflectiveOperationException {
    Path place =
        folder.resolve(Integer.toString(set + 1)).resolve(table.keyspace()).resolve(table.name());
    Files.createDirectories(place);
    Object builder = type.getMethod("builder").invoke(null);
    Class<?> building = builder.getClass();
    building.getMethod("inDirectory", String.class).invoke(builder, place.toString());
    building.getMethod("forTable", String.class).invoke(builder, table.definition());
    building.getMethod("using", String.class).invoke(builder, table.insert());
    building.getMethod("withBufferSizeInMB", int.class).invoke(builder, bufferMegabytes);
    return building.getMethod("build").invoke(builder);
  }

  /** The next set grows while this one is written. */
  private void finish() throws IOException {
    // A set without rows is a set as well.
    Files.createDirectories(folder.resolve(Integer.toString(set + 1)));
    List<Object> complete = new ArrayList<>(writers.values());
    writers = new LinkedHashMap<>();
    set++;
    finishing.execute(
        () -> {
          try {
            for (Object writer : complete) {
              close.invokeExact(writer);
            }
            answers.println(DONE);
          } catch (Throwable e) {
            fail(answers, e);
          }
        });
  }

  private static void fail(PrintStream answers, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    failure.printStackTrace();
    answers.println(FAILED + cause.toString().replace('\n', ' '));
    Runtime.getRuntime().halt(FAILURE);
  }
}
