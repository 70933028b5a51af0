package govcloud.replication.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Delivers files by {@code PUT https://host:port/replica/v1/<origin>/<name of the file>} to one of
 * the sibling's nodes; which one does not matter.
 */
public final class HttpSiblingLink implements SiblingLink, BlobLink {
  /** Where the files of an origin are put. */
  public static final String PATH = "/replica/v1/";

  /** Header of a refusal: its code. */
  public static final String CODE = "Govcloud-Code";

  private static final Pattern CODE_FORM = Pattern.compile("[A-Z_]{1,60}");
  private static final int LONGEST_DETAIL = 2000;

  /** Bytes in a millisecond that a blob goes at least, or it is given up: 1 Mbit/s. */
  private static final long SLOWEST = 125;

  private final HttpClient client;
  private final List<String> addresses;
  private final String origin;
  private final Duration timeout;
  private final AtomicInteger current = new AtomicInteger();

  /**
   * A link to a sibling.
   *
   * @param addresses {@code host:port}, at least one
   * @param origin this cloud
   * @param timeout for one file
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
    return Optional.of(send("PUT", name.text(), body, timeout));
  }

  @Override
  public Set<BlobAddress> has(int branch) throws LinkException, RefusedException {
    ByteString all = send("GET", BlobAddress.folder(branch), BodyPublishers.noBody(), timeout);
    try {
      return BlobReceiver.addresses(all.toByteArray());
    } catch (IllegalArgumentException e) {
      throw new LinkException(BlobAddress.folder(branch) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void deliver(BlobAddress address, BlobSource source)
      throws LinkException, RefusedException {
    BodyPublisher stream =
        BodyPublishers.ofInputStream(
            () -> {
              try {
                return source.open();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    BodyPublisher body = BodyPublishers.fromPublisher(stream, source.length());
    send("PUT", address.name(), body, timeout.plusMillis(source.length() / SLOWEST));
  }

  private ByteString send(String method, String name, BodyPublisher body, Duration patience)
      throws LinkException, RefusedException {
    int index = current.get();
    String address = addresses.get(Math.floorMod(index, addresses.size()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://" + address + PATH + origin + "/" + name))
            .timeout(patience)
            .header("Content-Type", "application/octet-stream")
            .method(method, body)
            .build();
    try {
      return answer(client.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      current.compareAndSet(index, index + 1);
      throw new LinkException(address + ": " + e.getMessage(), e);
    } catch (LinkException e) {
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
    if (status >= 400 && status < 500 && status != 408 && status != 429 && code.isPresent()) {
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
