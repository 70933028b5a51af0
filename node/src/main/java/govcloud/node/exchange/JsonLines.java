package govcloud.node.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.node.http.Json;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.FramingTruncation;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.scaladsl.Framing.FramingException;
import org.apache.pekko.util.ByteString;

/** Records that stand in a file, one on each line. */
final class JsonLines {

  /** Bytes of a line. */
  private static final int LONGEST = 1 << 16;

  private JsonLines() {}

  /** The records in their order, up to the first line that is none. */
  static Source<Piece, NotUsed> pieces(Source<ByteString, NotUsed> bytes, RecordForm form) {
    return bytes
        .via(Framing.delimiter(ByteString.fromString("\n"), LONGEST, FramingTruncation.ALLOW))
        .zipWithIndex()
        .map(line -> piece(line, form))
        .recover(
            FramingException.class,
            () -> Piece.malformed("long", "line: too long (expected: <= " + LONGEST + " bytes)"));
  }

  private static Piece piece(Pair<ByteString, Long> line, RecordForm form) {
    var name = Long.toString(line.second() + 1);
    var text = line.first();
    try {
      var read = Json.mapper().readTree(text.decodeString(StandardCharsets.UTF_8));
      if (!(read instanceof ObjectNode record)) {
        return Piece.malformed(name, "line " + name + ": no JSON object (expected: a record)");
      }
      return form.fault(record)
          .map(wrong -> Piece.malformed(name, "line " + name + ", " + wrong))
          .orElseGet(() -> Piece.of(name, form.subjectOf(record), record, text.size()));
    } catch (JsonProcessingException e) {
      return Piece.malformed(name, "line " + name + ": no JSON (expected: a record)");
    }
  }
}
