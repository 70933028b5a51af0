package govcloud.node.attachment;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobContent;
import govcloud.replication.blob.KeptBlob;
import govcloud.replication.keys.KeyException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.dispatch.Dispatchers;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Sink;

/** Sending and fetching attachments over HTTP. */
public final class AttachmentRoutes {

  private static final int PARTIAL = 206;

  private final ActorSystem<?> system;
  private final Attachments attachments;
  private final AttachmentSettings settings;
  private final Function<String, ? extends CompletionStage<?>> requireActive;

  /**
   * Routes over the attachments of a node.
   *
   * @param requireActive fails with a problem for a department that may not send anything
   */
  public AttachmentRoutes(
      ActorSystem<?> system,
      Attachments attachments,
      AttachmentSettings settings,
      Function<String, ? extends CompletionStage<?>> requireActive) {
    this.system = system;
    this.attachments = attachments;
    this.settings = settings;
    this.requireActive = requireActive;
  }

  /** Adds the operations. */
  public void register(Routes routes) {
    routes.on("sendAttachment", this::send).on("fetchAttachment", this::fetch);
  }

  private CompletionStage<HttpResponse> send(Call call) {
    var entity = call.request().entity();
    var type = entity.getContentType().mediaType().toString();
    if (!settings.mediaTypes().contains(type)) {
      throw Problem.of(
              BorderCode.CONTENT_TYPE_UNSUPPORTED,
              "Content-Type: " + type + " (expected: one of " + MediaKind.types() + ")")
          .asException();
    }
    var length = entity.getContentLengthOption();
    if (length.orElse(0) > settings.maxSize()) {
      throw Arrival.tooLarge(Long.toString(length.getAsLong())).asException();
    }
    var vault = attachments.vault();
    return requireActive
        .apply(call.path("tenant"))
        .thenCompose(active -> receive(call, new Arrival(vault, settings, type, System::nanoTime)))
        .thenApply(kept -> answer(call, kept));
  }

  private CompletionStage<KeptBlob> receive(Call call, Arrival arrival) {
    return call.request()
        .entity()
        .withoutSizeLimit()
        .getDataBytes()
        .idleTimeout(settings.progressTimeout())
        .map(
            bytes -> {
              arrival.take(bytes);
              return bytes.size();
            })
        .toMat(Sink.ignore(), (before, done) -> done)
        .withAttributes(ActorAttributes.dispatcher(Dispatchers.DefaultBlockingDispatcherId()))
        .run(system)
        .handleAsync((done, failure) -> end(call, arrival, failure), attachments.blocking());
  }

  private static KeptBlob end(Call call, Arrival arrival, Throwable failure) {
    try {
      if (failure instanceof TimeoutException) {
        throw Arrival.tooSlow().asException();
      }
      if (failure != null) {
        throw new CompletionException(failure);
      }
      return arrival.end(call.path("tenant"));
    } catch (ArchiveStoreException e) {
      throw AttachmentProblems.of(e).asException();
    } catch (KeyException e) {
      throw AttachmentProblems.of(e).asException();
    } finally {
      arrival.close();
    }
  }

  private static HttpResponse answer(Call call, KeptBlob kept) {
    var address = kept.address().text();
    var body =
        new Fields()
            .with("address", address)
            .with("media_type", kept.mediaType())
            .with("length", kept.length())
            .map();
    return Replies.header(
        Replies.json(201, body),
        "Location",
        "/v1/tenants/" + call.path("tenant") + "/attachments/" + address);
  }

  private CompletionStage<HttpResponse> fetch(Call call) {
    var address = call.path("address");
    return attachments
        .find(call.path("tenant"), address)
        .thenApply(
            found ->
                content(
                    call,
                    found.orElseThrow(() -> AttachmentProblems.notFound(address).asException())));
  }

  private static HttpResponse content(Call call, BlobContent content) {
    var range = ByteRange.of(call.parameter("range"), content.length());
    long from = range.map(ByteRange::from).orElse(0L);
    long to = range.map(ByteRange::to).orElse(content.length());
    var entity =
        HttpEntities.create(
            ContentTypes.parse(content.mediaType()),
            to - from,
            Attachments.bytes(content, from, to));
    var response =
        Replies.header(
            Replies.header(
                HttpResponse.create().withEntity(entity),
                "Content-Disposition",
                disposition(call.parameter("file_name"))),
            "Accept-Ranges",
            "bytes");
    return range.isEmpty()
        ? response
        : Replies.header(
            response.withStatus(PARTIAL), "Content-Range", range.get().header(content.length()));
  }

  /** Never shown inside a page of ours, whatever it is. */
  private static String disposition(Optional<String> fileName) {
    return "attachment"
        + fileName
            .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
            .map(name -> "; filename*=UTF-8''" + name.replace("+", "%20").replace("*", "%2A"))
            .orElse("");
  }
}
