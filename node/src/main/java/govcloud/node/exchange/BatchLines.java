package govcloud.node.exchange;

import govcloud.domain.sharing.CanonicalJson;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A batch as lines of JSON: records, each with the index of its entry in the ledger, and at last
 * either the end, which tells how much there was, or why there is no more. A batch without such a
 * line was cut off on its way.
 */
final class BatchLines {

  private final MessageDigest digest = CanonicalJson.sha256();
  private long records;
  private Optional<Outcome> last = Optional.empty();

  private BatchLines() {}

  /** The lines of what came of each piece. Where the pieces fail there is no last line. */
  static Source<ByteString, NotUsed> of(Source<Outcome, NotUsed> outcomes) {
    return outcomes
        .map(Optional::of)
        .concat(Source.single(Optional.empty()))
        .statefulMap(
            BatchLines::new,
            (state, one) -> Pair.create(state, one.map(state::next).orElseGet(state::end)),
            state -> Optional.empty())
        .filter(line -> !line.isEmpty())
        .onErrorComplete(WholeBatches::isCut);
  }

  private ByteString next(Outcome outcome) {
    last = Optional.of(outcome);
    if (outcome.refusal().isPresent()) {
      return line(Map.of("refusal", ExchangeShape.refusal(outcome)));
    }
    var lines = new ByteArrayOutputStream();
    for (var record : outcome.records()) {
      var index = outcome.record().index();
      lines.writeBytes(Json.write(new Fields().with("record", record).with("index", index).map()));
      lines.write('\n');
    }
    records += outcome.records().size();
    var bytes = lines.toByteArray();
    digest.update(bytes);
    return ByteString.fromArrayUnsafe(bytes);
  }

  private ByteString end() {
    return last.filter(outcome -> outcome.refusal().isEmpty())
        .map(
            outcome ->
                line(
                    Map.of(
                        "end",
                        new Fields()
                            .with("records", records)
                            .with("sha256", HexFormat.of().formatHex(digest.digest()))
                            .with("agreement", outcome.record().agreement())
                            .with("resource", outcome.record().resource())
                            .with("purpose", outcome.record().purpose())
                            .with("legal_basis", outcome.record().legalBasis())
                            .with("masked", outcome.record().masked())
                            .with("notice", ExchangeShape.notice(outcome.notice()))
                            .map())))
        .orElse(ByteString.emptyByteString());
  }

  private static ByteString line(Map<String, Object> of) {
    return ByteString.fromArrayUnsafe(Json.write(of)).concat(ByteString.fromString("\n"));
  }
}
