package govcloud.recovery.report;

import govcloud.cli.local.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prints {@code report.html} as {@code report.pdf} with the browser and the fonts of this machine:
 * it needs no library, and has the glyphs of both languages or is not made.
 */
public final class ReportPrinter {
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final long PATIENCE_SECONDS = 120;

  private final List<Path> path;

  /**
   * A printer.
   *
   * @param variables of this process, for its {@code PATH}
   */
  public ReportPrinter(Map<String, String> variables) {
    this.path =
        Stream.of(variables.getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList();
  }

  /** That there is no PDF; the message says what is missing. */
  public static final class NotPrinted extends IOException {
    private static final long serialVersionUID = 1L;

    private NotPrinted(String message) {
      super(message);
    }
  }

  /**
   * Prints the report in a folder.
   *
   * @return the PDF
   * @throws NotPrinted when there is no browser or no Chinese font, or it does not print
   * @throws IOException when the folder cannot be written
   */
  public Path print(Path folder) throws IOException {
    Path browser =
        BROWSERS.stream()
            .flatMap(name -> find(name).stream())
            .findFirst()
            .orElseThrow(
                () -> new NotPrinted("browser: none (expected: one of " + BROWSERS + " on PATH)"));
    requireChinese();
    Path pdf = folder.resolve("report.pdf").toAbsolutePath();
    Path profile = Files.createTempDirectory("report-browser");
    Path next = profile.resolve("report.pdf");
    try {
      List<String> line = new ArrayList<>(List.of(browser.toString(), "--headless=new"));
      if ("root".equals(System.getProperty("user.name"))) {
        // Its sandbox refuses root; the page is our own and runs no script.
        line.add("--no-sandbox");
      }
      line.addAll(List.of("--disable-gpu", "--no-pdf-header-footer"));
      line.add("--user-data-dir=" + profile);
      line.add("--print-to-pdf=" + next);
      line.add(folder.resolve("report.html").toUri().toString());
      String said = run(line);
      if (!Files.exists(next)) {
        throw new NotPrinted("browser: " + said + " (expected: a PDF)");
      }
      Files.copy(next, pdf, StandardCopyOption.REPLACE_EXISTING);
      return pdf;
    } finally {
      Folders.delete(profile);
    }
  }

  private Optional<Path> find(String program) {
    return path.stream()
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A browser without one prints boxes, and says nothing. */
  private void requireChinese() throws IOException {
    Optional<Path> lister = find("fc-list");
    if (lister.isPresent()
        && run(List.of(lister.get().toString(), ":lang=zh-cn", "file")).isBlank()) {
      throw new NotPrinted("fonts: none for Chinese (expected: one, such as Noto Sans CJK)");
    }
  }

  private static String run(List<String> line) throws IOException {
    Path said = Files.createTempFile("report-said", ".txt");
    try {
      Process process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new NotPrinted(line.get(0) + ": not over after " + PATIENCE_SECONDS + " s");
      }
      return Files.readString(said, StandardCharsets.UTF_8).strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotPrinted(line.get(0) + ": ended by its caller");
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
