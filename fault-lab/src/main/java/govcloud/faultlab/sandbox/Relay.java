package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries connections on, and everything in them later by as many milliseconds as a file says: the
 * kernel has no such delay everywhere. Arguments: the file, and {@code port=host:port} for each
 * port. Beside the file it tells, under the same name and {@code .late}, how many runs of bytes it
 * has held back.
 */
public final class Relay {
  private static final int RUN = 16 << 10;
  private static final int QUEUE = 64;
  private static final long LOOK_MILLIS = 200;
  private static final int CONNECT_MILLIS = 3_000;

  private final Path file;
  private final AtomicLong late = new AtomicLong();
  private volatile long delayNanos;

  /** Some bytes, in turn, and when they are due; without any it is the end. */
  private record Run(ByteBuffer bytes, long due) {}

  private Relay(Path file) {
    this.file = file;
  }

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Relay relay = new Relay(Path.of(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      int to = arguments[i].indexOf('=');
      int port = arguments[i].lastIndexOf(':');
      ServerSocket server = new ServerSocket(Integer.parseInt(arguments[i].substring(0, to)));
      InetSocketAddress target =
          new InetSocketAddress(
              arguments[i].substring(to + 1, port),
              Integer.parseInt(arguments[i].substring(port + 1)));
      start(() -> relay.accept(server, target));
    }
    while (true) {
      relay.delayNanos =
          TimeUnit.MILLISECONDS.toNanos(Long.parseLong(Files.readString(relay.file).strip()));
      Files.writeString(Path.of(relay.file + ".late"), Long.toString(relay.late.get()));
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One end has gone; the other was closed with it.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept(ServerSocket server, InetSocketAddress target) throws IOException {
    while (true) {
      Socket near = server.accept();
      start(() -> join(near, target));
    }
  }

  private void join(Socket near, InetSocketAddress target) throws IOException {
    Socket far = new Socket();
    try {
      far.connect(target, CONNECT_MILLIS);
    } catch (IOException e) {
      near.close();
      throw e;
    }
    for (Socket socket : new Socket[] {near, far}) {
      socket.setTcpNoDelay(true);
    }
    carry(near, far);
    carry(far, near);
  }

  private void carry(Socket from, Socket to) {
    LinkedBlockingQueue<Run> runs = new LinkedBlockingQueue<>(QUEUE);
    start(() -> take(from, to, runs));
    start(() -> give(from, to, runs));
  }

  private void take(Socket from, Socket to, LinkedBlockingQueue<Run> runs)
      throws IOException, InterruptedException {
    try {
      InputStream in = from.getInputStream();
      int read;
      do {
        byte[] bytes = new byte[RUN];
        read = in.read(bytes);
        runs.put(
            new Run(ByteBuffer.wrap(bytes, 0, Math.max(0, read)), System.nanoTime() + delayNanos));
      } while (read >= 0);
    } catch (IOException e) {
      close(from, to);
      throw e;
    }
  }

  private void give(Socket from, Socket to, LinkedBlockingQueue<Run> runs)
      throws IOException, InterruptedException {
    try {
      OutputStream out = to.getOutputStream();
      for (Run run = runs.take(); run.bytes().hasRemaining(); run = runs.take()) {
        long wait = run.due() - System.nanoTime();
        if (wait > 0) {
          late.incrementAndGet();
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        out.write(run.bytes().array(), 0, run.bytes().remaining());
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from, to);
      throw e;
    }
  }

  private static void close(Socket one, Socket other) throws IOException {
    try (one) {
      other.close();
    }
  }
}
