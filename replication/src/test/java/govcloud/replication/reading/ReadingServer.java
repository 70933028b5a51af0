package govcloud.replication.reading;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsServer;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.link.PinnedServer;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.SSLContext;

/** A cloud that keeps a replica and lets one reader read it, over a line with troubles. */
public final class ReadingServer implements AutoCloseable {
  /** What becomes of an answer. */
  public enum Trouble {
    /** Nothing. */
    NONE,
    /** It comes in two halves with a pause. */
    SLOW,
    /** It breaks off in the middle. */
    CUT,
    /** Nothing comes for as long as the server is there. */
    STALL,
    /** Status 503. */
    BUSY,
    /** A byte is another one. */
    WRONG,
    /** It is whole, and of other bytes than were asked for. */
    MISPLACED
  }

  static {
    // Otherwise each answer waits for 40 ms: its head is sent apart from its body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final String prefix;
  private final ReadingDoor door;
  private volatile IntFunction<Trouble> troubles = number -> Trouble.NONE;

  /**
   * Serves the archive in a folder.
   *
   * @param own by what the keeping cloud is known
   * @param reader who may read
   */
  public ReadingServer(Path archive, String origin, LinkIdentity own, X509Certificate reader)
      throws IOException, ArchiveStoreException {
    FileSystemArchiveStore store = FileSystemArchiveStore.open(archive);
    door = new ReadingDoor(store, store, FileSystemBlobStore.open(archive), 5);
    prefix = HttpSiblingLink.PATH + origin + "/" + ReadingDoor.READ;
    SSLContext tls = PinnedTls.context(own, reader);
    server = PinnedServer.of(tls);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Where it is. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on; requests are counted from 1. */
  public void troubles(IntFunction<Trouble> next) {
    requests.set(0);
    asked.clear();
    troubles = next;
  }

  /** What was asked since, with the ranges. */
  public List<String> asked() {
    return asked;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Trouble trouble = troubles.apply(requests.incrementAndGet());
      Optional<String> range = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"));
      String path = exchange.getRequestURI().getPath();
      asked.add(path + range.map(bytes -> " " + bytes).orElse(""));
      if (trouble == Trouble.STALL) {
        end.await();
        return;
      }
      answer(exchange, trouble, path, range);
    } catch (ArchiveStoreException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, Trouble trouble, String path, Optional<String> range)
      throws IOException, ArchiveStoreException, InterruptedException {
    ReadingDoor.Answer answer =
        path.startsWith(prefix)
            ? door.answer(
                new ReadingDoor.Question(
                    path.substring(prefix.length()),
                    Optional.ofNullable(exchange.getRequestURI().getQuery())
                        .map(query -> query.replace(ReadingDoor.AFTER + "=", "")),
                    trouble == Trouble.MISPLACED ? Optional.of("bytes=1-2") : range,
                    exchange.getRequestHeaders().containsKey(ReadingDoor.WANT_DIGEST)))
            : new ReadingDoor.Answer(
                404, "OTHER", java.util.Map.of(), 0, InputStream.nullInputStream());
    byte[] body;
    try (InputStream in = answer.body()) {
      body = in.readAllBytes();
    }
    if (trouble == Trouble.WRONG && body.length > 0) {
      body[body.length / 2] ^= 1;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    if (!answer.code().isEmpty()) {
      exchange.getResponseHeaders().add(HttpSiblingLink.CODE, answer.code());
    }
    exchange.sendResponseHeaders(
        trouble == Trouble.BUSY ? 503 : answer.status(), body.length == 0 ? -1 : body.length);
    int half = body.length / 2;
    exchange.getResponseBody().write(body, 0, half);
    exchange.getResponseBody().flush();
    if (trouble == Trouble.CUT) {
      return;
    }
    if (trouble == Trouble.SLOW) {
      end.await(50, TimeUnit.MILLISECONDS);
    }
    exchange.getResponseBody().write(Arrays.copyOfRange(body, half, body.length));
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
