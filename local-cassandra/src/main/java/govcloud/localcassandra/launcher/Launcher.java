package govcloud.localcassandra.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The main of the child JVM. Takes the lock of its home folder, starts Cassandra, and ends when its
 * parent ends: the parent holds the writing end of standard input, and the kernel closes that pipe
 * even after {@code kill -9}. Speaks to Cassandra by reflection, because its jars are on the class
 * path of the child alone.
 */
public final class Launcher {
  /** Begins the one line on standard error that says why the launcher gave up. */
  public static final String FAILURE_PREFIX = "local-cassandra: ";

  private static final int FAILED = 70;
  private static final long LOCK_PATIENCE_NANOS = 2_000_000_000L;
  private static final long LAST_GRACE_MILLIS = 20_000;
  private static final long CERTIFICATES_MILLIS = 5_000;

  private Launcher() {}

  /**
   * Arguments: lock file, {@code parent} or {@code detached}, {@code tls} or {@code plain}, and
   * nothing or user and password file of the superuser, the recovery, the nodes, and those who use
   * tables that nodes have made.
   */
  public static void main(String[] arguments) {
    if (arguments[1].equals("parent")) {
      watchParent();
    }
    try {
      FileLock lock = takeLock(Path.of(arguments[0]));
      String[] roles = Arrays.copyOfRange(arguments, 3, arguments.length);
      call("org.apache.cassandra.service.CassandraDaemon", "main", (Object) new String[0]);
      if (roles.length > 0) {
        Roles.create(roles);
        openNativeTransport();
      }
      if (arguments[2].equals("tls")) {
        takeNewCertificates();
      }
      Thread.currentThread().join();
      lock.release();
    } catch (IOException
        | ReflectiveOperationException
        | InterruptedException
        | RuntimeException
        | LinkageError e) {
      // Without this thread nobody opens the port, and who waits for it waits for nothing.
      fail(e.toString());
    }
  }

  private static void watchParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nobody writes here; only the end counts
                }
              } catch (IOException endToo) {
                // a broken pipe says the same as its end
              }
              haltAfterGrace();
              System.exit(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** The drain at exit may hang on a full disk; nobody is left who would kill this JVM then. */
  private static void haltAfterGrace() {
    Thread halt =
        new Thread(
            () -> {
              try {
                Thread.sleep(LAST_GRACE_MILLIS);
              } catch (InterruptedException atOnce) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(FAILED);
            },
            "last-grace");
    halt.setDaemon(true);
    halt.start();
  }

  /** The parent has found the lock free; whoever takes it in between is another start. */
  private static FileLock takeLock(Path file) throws IOException, InterruptedException {
    @SuppressWarnings("resource") // held until this JVM ends
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long start = System.nanoTime();
    FileLock lock = channel.tryLock();
    while (lock == null) {
      if (System.nanoTime() - start > LOCK_PATIENCE_NANOS) {
        fail(
            file.getParent()
                + " is in use by another Cassandra (expected: stopped; stop it first)");
      }
      Thread.sleep(100);
      lock = channel.tryLock();
    }
    return lock;
  }

  private static void openNativeTransport() throws ReflectiveOperationException {
    Class<?> storage = Class.forName("org.apache.cassandra.service.StorageService");
    Object instance = storage.getField("instance").get(null);
    storage.getMethod("startNativeTransport").invoke(instance);
  }

  /**
   * Cassandra looks at its files every ten minutes by itself; after a night's sleep of the machine
   * that would be too long. Never ends.
   */
  private static void takeNewCertificates()
      throws ReflectiveOperationException, InterruptedException {
    Method look =
        Class.forName("org.apache.cassandra.security.SSLFactory")
            .getMethod("checkCertFilesForHotReloading");
    while (true) {
      Thread.sleep(CERTIFICATES_MILLIS);
      look.invoke(null);
    }
  }

  private static void call(String type, String method, Object argument)
      throws ReflectiveOperationException {
    try {
      Class.forName(type).getMethod(method, argument.getClass()).invoke(null, argument);
    } catch (InvocationTargetException e) {
      throw new ReflectiveOperationException(e.getCause());
    }
  }

  private static void fail(String reason) {
    byte[] line = (FAILURE_PREFIX + reason + "\n").getBytes(StandardCharsets.UTF_8);
    System.err.write(line, 0, line.length);
    System.err.flush();
    Runtime.getRuntime().halt(FAILED);
  }
}
