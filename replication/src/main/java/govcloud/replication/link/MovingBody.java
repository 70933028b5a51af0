package govcloud.replication.link;

import govcloud.replication.blob.BlobSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A long body on its way. How long it may take depends on the line, so only standing still is given
 * a time.
 */
final class MovingBody {
  private final BlobSource source;
  private final AtomicLong moved = new AtomicLong();

  MovingBody(BlobSource source) {
    this.source = source;
  }

  /** The body; its bytes are read as the line takes them. */
  BodyPublisher publisher() {
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(() -> new Counted(open())), source.length());
  }

  private InputStream open() {
    try {
      return source.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits for the answer as long as bytes go out.
   *
   * @param patience without any
   */
  HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, Duration patience)
      throws IOException, InterruptedException {
    long before = -1;
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = moved.get();
        if (now == before) {
          answer.cancel(true);
          throw new IOException("nothing moved for " + patience, e);
        }
        before = now;
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      }
    }
  }

  /** Counts what is read. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      moved.addAndGet(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = in.read(into, from, length);
      moved.addAndGet(Math.max(0, read));
      return read;
    }
  }
}
