package govcloud.houserules;

import java.util.List;

/**
 * A file of the repository.
 *
 * @param path from the root, with slashes
 */
record SourceFile(String path, String text) {
  List<String> lines() {
    return text.lines().toList();
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  String folder() {
    return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
  }

  boolean hasEnding(String... endings) {
    return List.of(endings).stream().anyMatch(path::endsWith);
  }
}
