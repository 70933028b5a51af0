package govcloud.localcassandra.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

  private Launcher() {}

  /**
   * Arguments: lock file, {@code parent} or {@code detached}, and user and password file or
   * nothing.
   */
  public static void main(String[] arguments) {
    if (arguments[1].equals("parent")) {
      watchParent();
    }
    try {
      FileLock lock = takeLock(Path.of(arguments[0]));
      boolean authentication = arguments.length == 4;
      call("org.apache.cassandra.service.CassandraDaemon", "main", (Object) new String[0]);
      if (authentication) {
        createSuperuser(arguments[2], Files.readString(Path.of(arguments[3])).strip());
        openNativeTransport();
      }
      Thread.currentThread().join();
      lock.release();
    } catch (IOException | ReflectiveOperationException | InterruptedException e) {
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

  /**
   * Writes the roles before the port opens, so that the well-known default superuser exists at no
   * moment: its row is there, without login.
   */
  private static void createSuperuser(String user, String password)
      throws ReflectiveOperationException {
    Class<?> bcrypt = Class.forName("org.mindrot.jbcrypt.BCrypt");
    Object salt = bcrypt.getMethod("gensalt").invoke(null);
    Object hash =
        bcrypt.getMethod("hashpw", String.class, String.class).invoke(null, password, salt);
    String insert =
        "INSERT INTO system_auth.roles (role, is_superuser, can_login, salted_hash) VALUES ";
    query(insert + "('" + user + "', true, true, '" + hash + "')");
    query(insert + "('cassandra', false, false, null)");
  }

  private static void query(String statement) throws ReflectiveOperationException {
    Class.forName("org.apache.cassandra.cql3.QueryProcessor")
        .getMethod("executeInternal", String.class, Object[].class)
        .invoke(null, statement, new Object[0]);
  }

  private static void openNativeTransport() throws ReflectiveOperationException {
    Class<?> storage = Class.forName("org.apache.cassandra.service.StorageService");
    Object instance = storage.getField("instance").get(null);
    storage.getMethod("startNativeTransport").invoke(instance);
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
