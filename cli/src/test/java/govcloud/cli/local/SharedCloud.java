package govcloud.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Hands one cloud of three nodes to all tests that leave it as they found it, since starting one
 * takes longer than most of them. Each of them works in a department of its own. A test that fails
 * gives the cloud up, and the next one gets another.
 *
 * <p>It lives as long as the JVM: where classes are shared out to several JVMs, JUnit is started
 * anew for each class, and its stores would be closed behind each.
 */
public final class SharedCloud implements ParameterResolver, TestExecutionExceptionHandler {
  private static final int NODES = 3;
  private static Running running;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestCloud.class;
  }

  @Override
  public TestCloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cloud();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!(failure instanceof TestAbortedException)) {
      end();
    }
    throw failure;
  }

  private static synchronized TestCloud cloud() {
    if (running == null) {
      running = Running.start();
      Runtime.getRuntime().addShutdownHook(new Thread(SharedCloud::end, "shared-cloud-end"));
    }
    return running.cloud;
  }

  private static synchronized void end() {
    if (running != null) {
      try {
        running.close();
      } catch (IOException left) {
        System.err.println("not deleted: " + left.getMessage());
      }
      running = null;
    }
  }

  private record Running(Path folder, TestCloud cloud) implements AutoCloseable {

    static Running start() {
      try {
        Path folder = Files.createTempDirectory("shared-cloud");
        return new Running(folder, TestCloud.start(folder.resolve("home"), NODES));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      cloud.close();
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
