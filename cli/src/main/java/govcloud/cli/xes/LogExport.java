package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.ProgressBar;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

/**
 * Writes all cases of an app as one log. Traces go to a file of their own first, since the header
 * declares what every trace and event has, which is known only at the end.
 */
final class LogExport {
  private final ApiTarget target;
  private final CaseMapping mapping;
  private final int parallel;
  private final LogHeaders headers = new LogHeaders();
  private String logName;
  private long cases;
  private long events;

  LogExport(ApiTarget target, CaseMapping mapping, int parallel) {
    this.target = target;
    this.mapping = mapping;
    this.parallel = parallel;
  }

  private record Exported(String log, XesTrace trace) {}

  long cases() {
    return cases;
  }

  long events() {
    return events;
  }

  void run(Path file, OutputStream out, ProgressBar bar) throws IOException {
    Path traces = Files.createTempFile("govcloud-export", ".xes");
    try {
      try (Writer writer = Files.newBufferedWriter(traces, StandardCharsets.UTF_8)) {
        writeTraces(new XesWriter(writer), bar);
      }
      OutputStream packed =
          file.toString().endsWith(".gz") ? new GZIPOutputStream(out, 1 << 16) : out;
      try (OutputStream buffered = new BufferedOutputStream(packed, 1 << 16)) {
        Writer writer =
            new BufferedWriter(new OutputStreamWriter(buffered, StandardCharsets.UTF_8));
        XesWriter log = new XesWriter(writer);
        log.start(headers.header(name()));
        writer.flush();
        Files.copy(traces, buffered);
        log.end();
        writer.flush();
      }
    } finally {
      Files.deleteIfExists(traces);
    }
    bar.update(1, cases, "");
  }

  /** The name of the log that all cases came from, or that of the app. */
  private String name() {
    return logName == null || logName.isEmpty() ? target.tenant() + "/" + target.app() : logName;
  }

  private void writeTraces(XesWriter writer, ProgressBar bar) {
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    Deque<Future<Exported>> ahead = new ArrayDeque<>();
    try {
      Iterator<JsonNode> list = target.list().iterator();
      long index = 0;
      while (list.hasNext() || !ahead.isEmpty()) {
        while (list.hasNext() && ahead.size() < parallel * 2) {
          String caseId = list.next().path("case").asText();
          long position = index++;
          ahead.add(workers.submit(() -> read(position, caseId)));
        }
        write(writer, ahead.remove().get());
        bar.update(0, cases, "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private Exported read(long position, String caseId) {
    JsonNode theCase = target.read(caseId);
    String log = theCase.path("attributes").path(CaseMapping.LOG).asText("string:");
    XesTrace trace = mapping.trace(position, theCase, target.history(caseId));
    return new Exported(log.substring(log.indexOf(':') + 1), trace);
  }

  private void write(XesWriter writer, Exported exported) {
    boolean sameLog = logName == null || logName.equals(exported.log());
    logName = sameLog && !exported.log().isEmpty() ? exported.log() : "";
    headers.note(exported.trace());
    writer.trace(exported.trace());
    cases++;
    events += exported.trace().events().size();
  }
}
