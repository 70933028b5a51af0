package govcloud.recovery.bundle;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The recovery tool with its libraries, its script and the runbook, in the folder {@code bundle} of
 * an archive. A bundle is named after its content, so it is written once, and one that was changed
 * no longer is what its name says. Nothing in it is secret.
 */
public final class RecoveryBundle {
  /** Sums in the form of sha256sum, which checks them without the tool. */
  private static final String SUMS = "SHA256SUMS";

  private static final String SCRIPT = "recover";
  private static final String RUNBOOK = "runbook-site-loss.md";
  private static final String JAR = "govcloud-recover.jar";
  private static final int NAME_DIGITS = 16;

  private final Path folder;

  /** The bundles of an archive. */
  public RecoveryBundle(Path archive) {
    this.folder = archive.resolve("bundle");
  }

  /**
   * A bundle that was looked at.
   *
   * @param name of its folder
   * @param path its folder
   * @param wrong files that are missing, changed or not its own; none in a sound bundle
   */
  public record Found(String name, Path path, List<String> wrong) {
    /** Keeps the list. */
    public Found {
      wrong = List.copyOf(wrong);
    }
  }

  /**
   * Puts the tool into the archive, unless it is there.
   *
   * @param tool its jar file, with the libraries in {@code lib} beside it
   * @return the bundle's folder
   * @throws IOException when something cannot be read or written; what was written is taken away
   */
  public Path write(Path tool) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempDirectory(folder, ".draft-");
    try {
      Files.copy(tool, draft.resolve(JAR));
      copyLibraries(tool.resolveSibling("lib"), Files.createDirectory(draft.resolve("lib")));
      copyResource(SCRIPT, draft);
      copyResource(RUNBOOK, draft);
      Files.setPosixFilePermissions(
          draft.resolve(SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
      String sums = text(sums(draft));
      Files.writeString(draft.resolve(SUMS), sums);
      Path bundle = folder.resolve(name(sums));
      if (Files.exists(bundle)) {
        delete(draft);
      } else {
        Files.move(draft, bundle, StandardCopyOption.ATOMIC_MOVE);
      }
      return bundle;
    } catch (IOException e) {
      delete(draft);
      throw e;
    }
  }

  /**
   * Looks at every bundle, in the order of their names.
   *
   * @throws IOException when the archive cannot be read
   */
  public List<Found> check() throws IOException {
    List<Found> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      for (Path bundle : children(folder)) {
        if (!bundle.getFileName().toString().startsWith(".")) {
          found.add(check(bundle));
        }
      }
    }
    return found;
  }

  private static Found check(Path bundle) throws IOException {
    String name = bundle.getFileName().toString();
    Path file = bundle.resolve(SUMS);
    String written = Files.exists(file) ? Files.readString(file) : "";
    List<String> wrong = new ArrayList<>();
    if (!name(written).equals(name)) {
      wrong.add(SUMS);
    }
    SortedMap<String, String> expected = parse(written);
    SortedMap<String, String> sums = sums(bundle);
    sums.remove(SUMS);
    sums.forEach(
        (path, sum) -> {
          if (!sum.equals(expected.remove(path))) {
            wrong.add(path);
          }
        });
    wrong.addAll(expected.keySet());
    return new Found(name, bundle, wrong);
  }

  private static String name(String sums) {
    return ReplicaHash.hex(
            ReplicaHash.of(ByteString.copyFrom(sums.getBytes(StandardCharsets.UTF_8))))
        .substring(0, NAME_DIGITS);
  }

  private static String text(SortedMap<String, String> sums) {
    StringBuilder text = new StringBuilder();
    sums.forEach((path, sum) -> text.append(sum).append("  ").append(path).append('\n'));
    return text.toString();
  }

  private static SortedMap<String, String> parse(String text) {
    SortedMap<String, String> sums = new TreeMap<>();
    text.lines()
        .map(line -> line.split("  ", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> sums.put(parts[1], parts[0]));
    return sums;
  }

  private static SortedMap<String, String> sums(Path bundle) throws IOException {
    SortedMap<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(bundle)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sums.put(bundle.relativize(file).toString().replace('\\', '/'), sum(file));
      }
    }
    return sums;
  }

  private static String sum(Path file) throws IOException {
    MessageDigest digest = ReplicaHash.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return ReplicaHash.hex(ByteString.copyFrom(digest.digest()));
  }

  private static void copyLibraries(Path from, Path to) throws IOException {
    for (Path library : children(from)) {
      Files.copy(library, to.resolve(library.getFileName()));
    }
  }

  private static void copyResource(String name, Path to) throws IOException {
    try (InputStream in = RecoveryBundle.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("resource " + name + ": missing (expected: in the tool's jar file)");
      }
      Files.copy(in, to.resolve(name));
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
