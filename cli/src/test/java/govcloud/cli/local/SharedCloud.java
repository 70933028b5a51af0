package govcloud.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Hands one cloud of three nodes to all tests that leave it as they found it, since starting one
 * takes longer than most of them. Each of them works in a department of its own. A test that fails
 * gives the cloud up, and the next one gets another.
 */
public final class SharedCloud implements ParameterResolver, TestExecutionExceptionHandler {
  private static final int NODES = 3;
  private static final Namespace NAMESPACE = Namespace.create(SharedCloud.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestCloud.class;
  }

  @Override
  public TestCloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context)
        .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
        .cloud;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!(failure instanceof TestAbortedException)) {
      Running running = store(context).remove(Running.class, Running.class);
      if (running != null) {
        running.close();
      }
    }
    throw failure;
  }

  /** Closed by JUnit when all tests are over. */
  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
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
