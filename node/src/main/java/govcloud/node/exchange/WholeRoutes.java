package govcloud.node.exchange;

import govcloud.node.exchange.WholeFiles.Let;
import govcloud.node.http.Call;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.StreamedAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Files and batches of other departments, as streams. */
final class WholeRoutes {

  private static final ContentType LINES = ContentTypes.parse("application/x-ndjson");

  private final Optional<WholeBatches> batches;
  private final Optional<WholeFiles> files;

  /** Routes; without both this cloud has no ledger, so nothing is exchanged. */
  WholeRoutes(Optional<WholeBatches> batches, Optional<WholeFiles> files) {
    this.batches = batches;
    this.files = files;
  }

  void register(Routes routes) {
    routes.on("fetchExchangeBatch", this::batch).on("fetchExchangeFile", this::file);
  }

  private CompletionStage<HttpResponse> batch(Call call) {
    return batches
        .orElseThrow(ExchangeRoutes::off)
        .batch(ExchangeRoutes.message(call), Long.MAX_VALUE)
        .thenApply(
            outcomes ->
                HttpResponse.create()
                    .withEntity(HttpEntities.createChunked(LINES, BatchLines.of(outcomes))));
  }

  private CompletionStage<HttpResponse> file(Call call) {
    var from = call.parameter("from").map(Long::parseLong).orElse(0L);
    return files
        .orElseThrow(ExchangeRoutes::off)
        .file(ExchangeRoutes.message(call), from)
        .thenApply(let -> answer(let, from));
  }

  private static HttpResponse answer(Let let, long from) {
    var file = let.file();
    var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(let.digest()));
    var name = URLEncoder.encode(file.fileName(), StandardCharsets.UTF_8);
    var response =
        HttpResponse.create()
            .withEntity(
                StreamedAnswer.entity(
                    ContentTypes.parse(file.mediaType()), file.length() - from, let.bytes()));
    response = Replies.header(response, "Repr-Digest", "sha-256=:" + digest + ":");
    response = Replies.header(response, "Govcloud-Exchange", let.outcome().record().id());
    response =
        Replies.header(response, "Govcloud-Entry", Long.toString(let.outcome().record().index()));
    var notice = let.outcome().notice();
    response =
        Replies.header(
            response, "Govcloud-Retention-Days", Integer.toString(notice.retentionDays()));
    response =
        Replies.header(
            response, "Govcloud-Onward", notice.onward().name().toLowerCase(Locale.ROOT));
    return Replies.header(
        response,
        "Content-Disposition",
        "attachment; filename*=UTF-8''" + name.replace("+", "%20").replace("*", "%2A"));
  }
}
