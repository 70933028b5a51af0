package govcloud.replication.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.SiteAddress;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.LedgerLink;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Delivers files by {@code PUT https://host:port/replica/v1/<origin>/<name of the file>} to one of
 * the sibling's nodes; which one does not matter.
 */
public final class HttpSiblingLink implements SiblingLink, BlobLink, LedgerLink {
  /** Where the files of an origin are put. */
  public static final String PATH = "/replica/v1/";

  /** Behind the origin: its card, as the sibling has it. */
  public static final String CARD = "card";

  /** Behind the origin: where people find it, as its sibling was told; nothing: it was not told. */
  public static final String ADDRESS = "address";

  /**
   * Behind the origin: its ledger; with the hash of the log's origin, what the sibling has of it.
   */
  public static final String LEDGER = "ledger";

  /** Behind the origin, with the number of a slice: the last segment that the sibling has. */
  public static final String HEADS = "heads/";

  /** Behind the origin: the names of the segments that the sibling asks for again, a line each. */
  public static final String LOST = "lost";

  /** Code of a refusal: the path means nothing to the sibling. */
  public static final String NAME_UNKNOWN = "REPLICA_NAME_UNKNOWN";

  /** Header of a refusal: its code. */
  public static final String CODE = "Govcloud-Code";

  private static final Pattern CODE_FORM = Pattern.compile("[A-Z_]{1,60}");
  private static final int LONGEST_DETAIL = 2000;

  private final HttpClient client;
  private final List<String> addresses;
  private final String origin;
  private final Duration timeout;
  private final AtomicInteger current = new AtomicInteger();

  /** One request to one of the sibling's nodes. */
  private interface Exchange {
    HttpResponse<byte[]> with(String address) throws IOException, InterruptedException;
  }

  /**
   * A link to a sibling.
   *
   * @param addresses {@code host:port}, at least one
   * @param origin this cloud
   * @param timeout for one file; of an attachment, as long as no bytes go out
   */
  public HttpSiblingLink(SSLContext tls, List<String> addresses, String origin, Duration timeout) {
    this.addresses = List.copyOf(addresses);
    this.origin = origin;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    BodyPublisher body = BodyPublishers.ofByteArray(file.toByteArray());
    return Optional.of(exchange(address -> send(request(address, "PUT", name.text(), body))));
  }

  /**
   * This cloud's card as the sibling has it: how a site comes to know that it was given up. The
   * sibling answers also a site that it takes nothing from.
   *
   * @throws LinkException when none was given, or none that can be read: ask again later
   */
  public CloudCard card() throws LinkException {
    try {
      return CloudCard.parse(
          exchange(address -> send(request(address, "GET", CARD, BodyPublishers.noBody())))
              .toByteArray());
    } catch (RefusedException | KeyException e) {
      throw new LinkException(CARD + ": " + e.getMessage(), e);
    }
  }

  /**
   * Where people find this cloud, as the sibling was told when it was recovered or moved. Empty: it
   * was not told, or is of an earlier version.
   *
   * @throws LinkException when the sibling does not answer
   */
  public Optional<String> address() throws LinkException {
    try {
      ByteString text =
          exchange(address -> send(request(address, "GET", ADDRESS, BodyPublishers.noBody())));
      return SiteAddress.parse(text.toStringUtf8());
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  @Override
  public ByteString seen(String log) throws LinkException, RefusedException {
    String name = LEDGER + "/" + log;
    return exchange(address -> send(request(address, "GET", name, BodyPublishers.noBody())));
  }

  @Override
  public ByteString send(ByteString shipment) throws LinkException, RefusedException {
    BodyPublisher body = BodyPublishers.ofByteArray(shipment.toByteArray());
    return exchange(address -> send(request(address, "PUT", LEDGER, body)));
  }

  /** A sibling of an earlier version cannot be asked. */
  @Override
  public OptionalLong lastSegment(int slice) throws LinkException, RefusedException {
    String name = HEADS + slice;
    try {
      ByteString number =
          exchange(address -> send(request(address, "GET", name, BodyPublishers.noBody())));
      return OptionalLong.of(Long.parseLong(number.toString(StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      throw new LinkException(name + ": " + e.getMessage(), e);
    } catch (RefusedException e) {
      if (e.code().equals(NAME_UNKNOWN)) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  /** A sibling of an earlier version does not ask. */
  @Override
  public List<ArchiveName> lostSegments() throws LinkException, RefusedException {
    try {
      ByteString names =
          exchange(address -> send(request(address, "GET", LOST, BodyPublishers.noBody())));
      return names
          .toStringUtf8()
          .lines()
          .map(ArchiveName::parse)
          .flatMap(Optional::stream)
          .filter(name -> name.kind() == StatementKind.SEGMENT)
          .toList();
    } catch (RefusedException e) {
      if (e.code().equals(NAME_UNKNOWN)) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public Set<BlobAddress> has(int branch) throws LinkException, RefusedException {
    String name = BlobAddress.folder(branch);
    ByteString all =
        exchange(address -> send(request(address, "GET", name, BodyPublishers.noBody())));
    try {
      return BlobReceiver.addresses(all.toByteArray());
    } catch (IllegalArgumentException e) {
      throw new LinkException(name + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean deliver(BlobAddress blob, BlobSource source)
      throws LinkException, RefusedException {
    exchange(
        address -> {
          MovingBody body = new MovingBody(source);
          HttpRequest request = request(address, "PUT", blob.name(), body.publisher()).build();
          return body.await(client.sendAsync(request, BodyHandlers.ofByteArray()), timeout);
        });
    return true;
  }

  private HttpRequest.Builder request(
      String address, String method, String name, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create("https://" + address + PATH + origin + "/" + name))
        .header("Content-Type", "application/octet-stream")
        .method(method, body);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.timeout(timeout).build(), BodyHandlers.ofByteArray());
  }

  /** Where one node fails, the next exchange is tried with another. */
  private ByteString exchange(Exchange exchange) throws LinkException, RefusedException {
    int index = current.get();
    String address = addresses.get(Math.floorMod(index, addresses.size()));
    try {
      return answer(exchange.with(address));
    } catch (IOException | LinkException e) {
      current.compareAndSet(index, index + 1);
      throw new LinkException(address + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkException(address + ": interrupted", e);
    }
  }

  private static ByteString answer(HttpResponse<byte[]> response)
      throws LinkException, RefusedException {
    int status = response.statusCode();
    if (status == 200 || status == 201) {
      return UnsafeByteOperations.unsafeWrap(response.body());
    }
    String detail = new String(response.body(), StandardCharsets.UTF_8);
    detail = detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL));
    Optional<String> code =
        response.headers().firstValue(CODE).filter(value -> CODE_FORM.matcher(value).matches());
    boolean isVerdict = status >= 400 && status < 500 && status != 408 && status != 429;
    if (code.isPresent() && (isVerdict || code.get().equals(ReceivedQuota.CODE))) {
      throw new RefusedException(code.get(), detail);
    }
    throw new LinkException("status " + status + " " + detail, null);
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) {
    return Optional.empty();
  }

  @Override
  public int window() {
    return 1;
  }
}
