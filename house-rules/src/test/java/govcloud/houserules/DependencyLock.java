package govcloud.houserules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the product is made of beside its own code, as {@code dependencies.lock} has it. */
final class DependencyLock {
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})  ([^/ ]+)/([^@ ]+)@([^: ]+)(?::(\\S+))?  (\\S.*)");

  /** A part may be used when one of its licences is among these. */
  private static final Set<String> ACCEPTED =
      Set.of(
          "Apache-2.0",
          "BSD licence",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "Bouncy Castle Licence",
          "CC0-1.0",
          "EPL-1.0",
          "EPL-2.0",
          "Go License",
          "ISC",
          "MIT",
          "MIT-0",
          "Unlicense");

  /** Parts whose own files say less than, or something else than, what holds; see releases.md. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "net.jcip/jcip-annotations@1.0", "CC-BY-2.5",
          "com.google.code.findbugs/annotations@3.0.1", "LGPL-2.1",
          "com.thoughtworks.paranamer/paranamer@2.8.3", "BSD-3-Clause");

  /** Needed to compile and to test alone; no part of a release. */
  private static final List<String> TESTS_ONLY =
      List.of(
          "org.junit.",
          "org.assertj",
          "com.tngtech.archunit",
          "org.opentest4j",
          "org.apiguardian",
          "net.bytebuddy",
          "org.apache.maven.surefire");

  /**
   * One file.
   *
   * @param name {@code group/artifact@version}, or {@code ...:classifier}
   * @param path below the root of a Maven repository
   * @param licences one of which may be chosen
   */
  record Part(String sha256, String name, String path, List<String> licences) {}

  private final Map<String, Part> byPath = new TreeMap<>();

  /** Reads the lines of the file; fails with IllegalArgumentException on one that is none. */
  DependencyLock(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Part part = part(i + 1, lines.get(i));
      if (byPath.put(part.path(), part) != null) {
        throw new IllegalArgumentException(
            "dependencies.lock:%d: %s a second time".formatted(i + 1, part.name()));
      }
    }
  }

  private static Part part(int line, String text) {
    Matcher found = LINE.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          "dependencies.lock:%d: %s (expected: checksum, group/artifact@version, licences)"
              .formatted(line, text));
    }
    String version = found.group(4);
    String classifier = found.group(5);
    String name = found.group(2) + "/" + found.group(3) + "@" + version;
    String path =
        "%s/%s/%s/%s-%s%s.jar"
            .formatted(
                found.group(2).replace('.', '/'),
                found.group(3),
                version,
                found.group(3),
                version,
                classifier == null ? "" : "-" + classifier);
    return new Part(
        found.group(1),
        classifier == null ? name : name + ":" + classifier,
        path,
        List.of(found.group(6).split(" or ")));
  }

  Collection<Part> parts() {
    return byPath.values();
  }

  /** Parts under a licence that nobody has agreed to. */
  List<String> licencesNotAccepted() {
    return byPath.values().stream()
        .filter(part -> !KNOWN.containsKey(part.name()))
        .filter(part -> part.licences().stream().noneMatch(ACCEPTED::contains))
        .map(part -> part.name() + ": " + String.join(", ", part.licences()))
        .toList();
  }

  /** Files of a Maven repository that are not the ones that were locked. */
  List<String> changed(Path repository) throws IOException {
    List<String> changed = new ArrayList<>();
    for (Part part : present(repository)) {
      String found = sha256(repository.resolve(part.path()));
      if (!found.equals(part.sha256())) {
        changed.add(part.name() + ": " + found + " (expected: " + part.sha256() + ")");
      }
    }
    return changed;
  }

  /** Parts that the repository has. */
  List<Part> present(Path repository) {
    return byPath.values().stream()
        .filter(part -> Files.exists(repository.resolve(part.path())))
        .toList();
  }

  /** Jars of a class path that come from a repository and are neither locked nor for tests. */
  List<String> notLocked(Path repository, Collection<Path> classPath) {
    return classPath.stream()
        .filter(jar -> jar.startsWith(repository))
        .map(jar -> repository.relativize(jar).toString())
        .filter(path -> !byPath.containsKey(path))
        .filter(path -> TESTS_ONLY.stream().noneMatch(path.replace('/', '.')::startsWith))
        .toList();
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
