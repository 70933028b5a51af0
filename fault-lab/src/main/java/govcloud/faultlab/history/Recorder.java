package govcloud.faultlab.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes operations and faults down as they end, so that a run that breaks off leaves them. */
public final class Recorder implements AutoCloseable {

  private final BufferedWriter out;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Injected> faults = new ArrayList<>();

  /** Begins a new file. */
  public Recorder(Path file) throws IOException {
    this.out = Files.newBufferedWriter(file);
  }

  /** The one clock of a history: the machine's monotonic clock, which no fault moves. */
  public static long now() {
    return System.nanoTime();
  }

  /** Notes an operation that has ended. */
  public synchronized void record(Operation operation) {
    operations.add(operation);
    write("operation", operation);
  }

  /** Notes a fault that was taken back. */
  public synchronized void record(Injected fault) {
    faults.add(fault);
    write("fault", fault);
  }

  private void write(String name, Object value) {
    try {
      out.write(History.line(name, value));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("history: not writable", e);
    }
  }

  /** Everything so far. */
  public synchronized History history() {
    return new History(operations, faults);
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
