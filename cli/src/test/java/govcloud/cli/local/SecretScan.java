package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for the secrets of a cloud's home where they must not be: in every other file that somebody
 * reads, in command lines and in environments. The secrets are taken from the files that hold them.
 */
final class SecretScan {
  /** What keys and shares call the lines that nobody may see. */
  private static final Pattern KEY_LINE =
      Pattern.compile(
          "^(seed|epoch-secret|index-secret|vault-secret|private-key|secret): ([0-9a-f]{32,})$",
          Pattern.MULTILINE);

  /** The first line of a private key also says which kind of key it is; the second is its own. */
  private static final Pattern PEM_KEY =
      Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY-----\\R[^\\r\\n]+\\R([A-Za-z0-9+/=]{16,})");

  private static final Pattern LEDGER_KEY =
      Pattern.compile("^PRIVATE\\+KEY\\+.*\\+(\\S{32,})\\s*$");

  /** Databases and archives, which hold what was stored and not what somebody wrote down. */
  private static final Set<String> STORES =
      Set.of("data", "commitlog", "hints", "saved_caches", "cdc_raw", "archive", "received");

  private final Path home;
  private final Map<Path, List<String>> secrets = new TreeMap<>();

  /** Reads the secrets of a home and of the sibling's in it. */
  SecretScan(Path home) throws IOException {
    this.home = home;
    for (Path file : files()) {
      List<String> found = secrets(file);
      if (!found.isEmpty()) {
        secrets.put(file, found);
      }
    }
  }

  /** The files that hold secrets, below the home. */
  List<String> holders() {
    return secrets.keySet().stream().map(file -> home.relativize(file).toString()).toList();
  }

  /** One of the secrets. */
  String any() {
    return secrets.values().iterator().next().get(0);
  }

  /** What lies in the home beside its stores; a cloud that runs adds and removes meanwhile. */
  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return STORES.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path gone, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static List<String> secrets(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".log")) {
      return List.of();
    }
    String text = text(file);
    if (name.startsWith("password-")) {
      return List.of(text.strip());
    }
    if (name.equals("token")) {
      return List.of(text.strip().substring(text.indexOf('.') + 1));
    }
    List<String> found = new ArrayList<>();
    if (name.equals("first-codes.json")) {
      new ObjectMapper().readTree(text).forEach(one -> found.add(one.path("code").asText()));
    }
    KEY_LINE.matcher(text).results().forEach(line -> found.addAll(written(line.group(2))));
    for (Pattern pattern : List.of(PEM_KEY, LEDGER_KEY)) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  /** Bytes as programs write them down. */
  private static List<String> written(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return List.of(
        hex,
        HexFormat.of().withUpperCase().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Where secrets are found that must not be there: the place, and the file whose secret it is. */
  Map<String, String> leaks() throws IOException {
    Map<String, String> leaks = new LinkedHashMap<>();
    for (Path file : files()) {
      if (!secrets.containsKey(file)) {
        look(home.relativize(file).toString(), text(file), leaks);
      }
    }
    for (long process : processes()) {
      for (String part : List.of("cmdline", "environ")) {
        Path place = Path.of("/proc", String.valueOf(process), part);
        look(place.toString(), text(place), leaks);
      }
    }
    return leaks;
  }

  /** The cloud's processes. */
  List<Long> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
        .map(ProcessHandle::pid)
        .toList();
  }

  private void look(String place, String text, Map<String, String> leaks) {
    secrets.forEach(
        (holder, its) -> {
          if (its.stream().anyMatch(text::contains)) {
            leaks.put(place, home.relativize(holder).toString());
          }
        });
  }

  /** Empty where the file, or the process, is gone. */
  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      if (Files.exists(file)) {
        throw e;
      }
      return "";
    }
  }
}
