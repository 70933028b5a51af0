package govcloud.faultlab.checker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * All that a run left in Cassandra, raw.
 *
 * @param log all slices, in no order
 * @param chunks of all entities
 * @param views rows of the worklists
 * @param tables lists and numbers; empty in the files of old runs, which did not read them
 */
public record StoredCloud(
    List<LogRow> log, List<ChunkRow> chunks, List<ViewRow> views, ViewTables tables) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps its own copies. */
  public StoredCloud {
    log = List.copyOf(log);
    chunks = List.copyOf(chunks);
    views = List.copyOf(views);
    tables = tables == null ? ViewTables.NONE : tables;
  }

  /** The same with another log. */
  StoredCloud withLog(List<LogRow> other) {
    return new StoredCloud(other, chunks, views, tables);
  }

  /** The same with other lists and numbers. */
  StoredCloud withTables(ViewTables other) {
    return new StoredCloud(log, chunks, views, other);
  }

  /** Reads what {@link #write} wrote. */
  public static StoredCloud read(InputStream in) throws IOException {
    try (GZIPInputStream unpacked = new GZIPInputStream(in)) {
      return JSON.readValue(unpacked, StoredCloud.class);
    }
  }

  /** Writes it as packed JSON, so that a run can be judged again. */
  public void write(OutputStream out) throws IOException {
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      JSON.writeValue(packed, this);
    }
  }
}
