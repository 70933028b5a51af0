package govcloud.recovery.bundle;

import com.google.protobuf.ByteString;
import govcloud.cli.local.Folders;
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
import java.util.List;
import java.util.Map;
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
    SortedMap<String, Source> content = content(tool);
    SortedMap<String, String> sums = new TreeMap<>();
    for (Map.Entry<String, Source> file : content.entrySet()) {
      sums.put(file.getKey(), sum(file.getValue()));
    }
    Path bundle = folder.resolve(name(text(sums)));
    if (!Files.exists(bundle)) {
      copy(content, text(sums), bundle);
    }
    return bundle;
  }

  /** Where the bytes of a file come from. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }

  private static SortedMap<String, Source> content(Path tool) throws IOException {
    SortedMap<String, Source> content = new TreeMap<>();
    content.put(JAR, () -> Files.newInputStream(tool));
    for (Path library : children(tool.resolveSibling("lib"))) {
      content.put("lib/" + library.getFileName(), () -> Files.newInputStream(library));
    }
    for (String resource : List.of(SCRIPT, RUNBOOK)) {
      content.put(resource, () -> resource(resource));
    }
    return content;
  }

  private void copy(SortedMap<String, Source> content, String sums, Path bundle)
      throws IOException {
    Path draft = Files.createTempDirectory(folder, ".draft-");
    try {
      Files.createDirectory(draft.resolve("lib"));
      for (Map.Entry<String, Source> file : content.entrySet()) {
        try (InputStream in = file.getValue().open()) {
          Files.copy(in, draft.resolve(file.getKey()));
        }
      }
      for (Path executable : List.of(draft.resolve(SCRIPT), draft)) {
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      Files.writeString(draft.resolve(SUMS), sums);
      Files.move(draft, bundle, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Folders.delete(draft);
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
        sums.put(
            bundle.relativize(file).toString().replace('\\', '/'),
            sum(() -> Files.newInputStream(file)));
      }
    }
    return sums;
  }

  private static String sum(Source file) throws IOException {
    MessageDigest digest = ReplicaHash.sha256();
    try (InputStream in = new DigestInputStream(file.open(), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return ReplicaHash.hex(ByteString.copyFrom(digest.digest()));
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = RecoveryBundle.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("resource " + name + ": missing (expected: in the tool's jar file)");
    }
    return in;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
