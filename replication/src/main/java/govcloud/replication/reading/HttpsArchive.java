package govcloud.replication.reading;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveDefect;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * The line to a cloud that keeps a replica. Everything is asked for in pieces, each with a time
 * within which it has to be there whole, so that a line that stands still is noticed and what came
 * before is kept; pieces get smaller when they do not come through, and larger again. Nothing that
 * is asked changes anything, so all of it may be asked again. For several threads.
 */
public final class HttpsArchive {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final int SMALLEST = 16 << 10;
  private static final int FIRST = 1 << 20;
  private static final int LARGEST = 4 << 20;
  private static final int LONGEST_DETAIL = 500;
  private static final int KNOCK_MILLIS = 2_000;

  private final HttpClient client;
  private final List<String> addresses;
  private final String origin;
  private final Retries retries;
  private final AtomicInteger node = new AtomicInteger();
  private final AtomicInteger piece = new AtomicInteger(FIRST);
  private final SSLContext tls;
  private volatile boolean answered;

  /**
   * A run of a file.
   *
   * @param bytes of it
   * @param all bytes that the file has
   * @param digest header with its hash; empty where it was not asked for
   */
  record Piece(ByteString bytes, long all, String digest) {}

  /**
   * Names.
   *
   * @param lines one for each
   * @param more whether there are more behind them
   */
  record Page(List<String> lines, boolean more) {}

  /** What is made of an answer; an {@link IOException}: it is not whole, ask again. */
  private interface Reading<T> {
    T of(HttpResponse<byte[]> answer) throws IOException;
  }

  /** Asks for a piece, the size of which may depend on how it went before. */
  private interface Request {
    HttpRequest.Builder to(URI base);
  }

  /**
   * A line, not tried yet.
   *
   * @param tls shows the reader's certificate, and takes the keeping cloud's alone
   * @param addresses {@code host:port} of its nodes, at least one
   * @param origin whose replica
   */
  public HttpsArchive(SSLContext tls, List<String> addresses, String origin, Retries retries) {
    this.addresses = List.copyOf(addresses);
    this.origin = origin;
    this.retries = retries;
    this.tls = tls;
    this.client =
        HttpClient.newBuilder()
            .sslContext(tls)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(retries.answer())
            .build();
  }

  /** Names of a list that stand behind a name. */
  Page page(String list, String after) throws ArchiveStoreException {
    String query = "?" + ReadingDoor.AFTER + "=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
    String path = ReadingDoor.LIST + list + (after.isEmpty() ? "" : query);
    return ask(path, base -> request(base, path), HttpsArchive::page)
        .orElseThrow(() -> unavailable(path, "not there", null));
  }

  /** The name of the last file of a kind and slice; empty: there is none. */
  String last(String kind, int slice) throws ArchiveStoreException {
    String path = ReadingDoor.LAST + kind + "/" + slice;
    return String.join(
        "",
        ask(path, base -> request(base, path), HttpsArchive::page).stream()
            .flatMap(page -> page.lines().stream())
            .toList());
  }

  private static Page page(HttpResponse<byte[]> answer) throws IOException {
    String digest = ReadingDoor.digest(ReplicaHash.of(answer.body(), 0, answer.body().length));
    if (!answer.headers().firstValue(ReadingDoor.DIGEST).equals(Optional.of(digest))) {
      throw new IOException("came as something else");
    }
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return new Page(
        text.isEmpty() ? List.of() : List.of(text.split("\n")),
        answer.headers().firstValue(ReadingDoor.MORE).isPresent());
  }

  /**
   * A run of a file, as long as the line allows; empty if there is no such file.
   *
   * @param from first byte, below the file's length
   * @param to byte behind the last one that is wanted
   * @param digest whether the file's hash is wanted too
   */
  Optional<Piece> piece(String name, long from, long to, boolean digest)
      throws ArchiveStoreException {
    Request request =
        base -> {
          long end = Math.min(to, from + piece.get());
          HttpRequest.Builder built =
              request(base, ReadingDoor.FILE + name)
                  .header("Range", "bytes=" + from + "-" + (end - 1));
          return digest ? built.header(ReadingDoor.WANT_DIGEST, "sha-256=1") : built;
        };
    return ask(name + " from byte " + from, request, answer -> piece(answer, from, to));
  }

  private static Piece piece(HttpResponse<byte[]> answer, long from, long to) throws IOException {
    String range = answer.headers().firstValue("Content-Range").orElse("");
    String digest = answer.headers().firstValue(ReadingDoor.DIGEST).orElse("");
    if (range.equals(ReadingDoor.EMPTY) && answer.body().length == 0) {
      return new Piece(ByteString.EMPTY, 0, digest);
    }
    Matcher matcher = RANGE.matcher(range);
    long length = answer.body().length;
    if (!matcher.matches()
        || Long.parseLong(matcher.group(1)) != from
        || Long.parseLong(matcher.group(2)) != from + length - 1
        || from + length > to) {
      throw new IOException(length + " bytes as \"" + range + "\" (expected: from " + from + ")");
    }
    return new Piece(
        UnsafeByteOperations.unsafeWrap(answer.body()), Long.parseLong(matcher.group(3)), digest);
  }

  private HttpRequest.Builder request(URI base, String path) {
    return HttpRequest.newBuilder(
            base.resolve(HttpSiblingLink.PATH + origin + "/" + ReadingDoor.READ + path))
        .GET();
  }

  /** Asks until there is an answer; empty: what is asked for is not there. */
  private <T> Optional<T> ask(String what, Request request, Reading<T> reading)
      throws ArchiveStoreException {
    IOException last = null;
    for (int attempt = 0; attempt < retries.tries(); attempt++) {
      if (attempt > 0) {
        pause(what, attempt);
      }
      String address = addresses.get(Math.floorMod(node.get(), addresses.size()));
      try {
        HttpResponse<byte[]> answer = send(request.to(URI.create("https://" + address)).build());
        answered = true;
        Optional<T> read = read(what, answer, reading);
        piece.updateAndGet(size -> Math.min(LARGEST, 2 * size));
        return read;
      } catch (IOException e) {
        requireLetIn(address, e);
        if (attempt == 0 && !answered) {
          knock(address);
        }
        last = new IOException(address + ": " + told(e), e);
        node.incrementAndGet();
        piece.updateAndGet(size -> Math.max(SMALLEST, size / 2));
      }
    }
    throw unavailable(what, "tried " + retries.tries() + " times, at last " + told(last), last);
  }

  private static String told(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, ArchiveStoreException {
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, bounded());
    try {
      return answer.get(retries.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer within " + retries.answer(), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw unavailable(request.uri().getPath(), "interrupted", e);
    }
  }

  /** More than a piece is not taken into memory, whoever sends it. */
  private static BodyHandler<byte[]> bounded() {
    return head ->
        head.headers().firstValueAsLong("Content-Length").orElse(0) <= LARGEST
            ? BodyHandlers.ofByteArray().apply(head)
            : BodySubscribers.replacing(new byte[0]);
  }

  private static <T> Optional<T> read(String what, HttpResponse<byte[]> answer, Reading<T> reading)
      throws IOException, ArchiveStoreException {
    int status = answer.statusCode();
    if (status == 200 || status == 206) {
      return Optional.of(reading.of(answer));
    }
    String code = answer.headers().firstValue(HttpSiblingLink.CODE).orElse("status " + status);
    if (code.equals(ReadingDoor.ABSENT)) {
      return Optional.empty();
    }
    String detail = new String(answer.body(), StandardCharsets.UTF_8);
    String said = code + " " + detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL));
    if (status == 416) {
      throw new ArchiveStoreException(
          ArchiveDefect.ARCHIVE_BYTES_WRONG, what + ": shorter than it was");
    }
    if (status >= 400 && status < 500 && status != 408 && status != 429) {
      throw refused(what + ": " + said, null);
    }
    throw new IOException(said);
  }

  private void pause(String what, int attempt) throws ArchiveStoreException {
    try {
      Thread.sleep(retries.before(attempt).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(what, "interrupted", e);
    }
  }

  /** Whoever is not let in, or has called somebody else, need not try again. */
  private static void requireLetIn(String address, IOException failure)
      throws ArchiveStoreException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        throw refused(address + ": another server: " + cause.getMessage(), failure);
      }
      if (cause instanceof SSLException && String.valueOf(cause.getMessage()).contains("alert")) {
        throw notKnown(address, cause.getMessage(), failure);
      }
    }
  }

  /** The client does not tell that the server hangs up because of the certificate; this does. */
  private void knock(String address) throws ArchiveStoreException {
    URI uri = URI.create("https://" + address);
    try (Socket socket = tls.getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(KNOCK_MILLIS);
      // One who is let in is waited for.
      if (socket.getInputStream().read() < 0) {
        throw notKnown(address, "hangs up", null);
      }
    } catch (IOException e) {
      requireLetIn(address, e);
    }
  }

  private static ArchiveStoreException notKnown(String address, String said, Throwable cause) {
    return refused(address + ": " + said + " (expected: a grant of `keys reader` there)", cause);
  }

  private static ArchiveStoreException refused(String detail, Throwable cause) {
    return new ArchiveStoreException(ArchiveDefect.ARCHIVE_REFUSED, detail, cause);
  }

  private static ArchiveStoreException unavailable(String what, String why, Throwable cause) {
    return new ArchiveStoreException(
        ArchiveDefect.ARCHIVE_UNAVAILABLE, what + " (" + why + ")", cause);
  }
}
