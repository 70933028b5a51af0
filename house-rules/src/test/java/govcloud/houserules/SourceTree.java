package govcloud.houserules;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of the repository: those git tracks, or all but build results where git is absent. */
record SourceTree(Path root, List<SourceFile> files) {

  /** Reads the tree this test belongs to. */
  static SourceTree read() throws IOException, InterruptedException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("house-rules/pom.xml"))) {
      root = root.getParent();
    }
    List<SourceFile> files = new ArrayList<>();
    for (String path : paths(root)) {
      Path file = root.resolve(path);
      if (Files.isRegularFile(file)) {
        try {
          files.add(new SourceFile(path, Files.readString(file)));
        } catch (MalformedInputException binary) {
          files.add(new SourceFile(path, ""));
        }
      }
    }
    return new SourceTree(root, files);
  }

  Stream<SourceFile> java() {
    return files.stream().filter(file -> file.hasEnding(".java"));
  }

  private static List<String> paths(Path root) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "-C", root.toString(), "ls-files", "-z")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (git.waitFor() == 0 && !listed.isEmpty()) {
      return List.of(listed.split("\0"));
    }
    try (Stream<Path> walked = Files.walk(root)) {
      return walked
          .map(file -> root.relativize(file).toString())
          .filter(path -> !path.matches("(.*/)?(target|\\.git|\\.govcloud)(/.*)?"))
          .toList();
    }
  }
}
