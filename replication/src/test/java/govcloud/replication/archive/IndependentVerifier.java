package govcloud.replication.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.statement.Finding;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The verifier in another language, as a process that is asked about one replica after another. */
public final class IndependentVerifier implements AutoCloseable {
  static final Path PROGRAM = Path.of("verifier/verify.mjs").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<ArchiveName, byte[]> files;
  private final Map<BlobAddress, byte[]> blobs;
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  /**
   * What it says of a replica.
   *
   * @param findings code, name and range of each
   */
  public record Verdict(Set<String> findings, List<Long> provedCuts) {
    /** What our own verifier says. */
    public static Verdict of(ReplicaReport report) {
      return new Verdict(
          report.findings().stream()
              .map(Verdict::text)
              .collect(Collectors.toCollection(TreeSet::new)),
          report.provedCuts());
    }

    private static String text(Finding finding) {
      return finding.defect() + " " + finding.name() + " " + finding.from() + "-" + finding.to();
    }
  }

  private IndependentVerifier(MemoryStore store, MemoryBlobStore blobs, Process process) {
    this.files = Map.copyOf(store.files());
    this.blobs = Map.copyOf(blobs.blobs());
    this.process = process;
    this.to = process.outputWriter(UTF_8);
    this.from = process.inputReader(UTF_8);
  }

  /** Whether the language is there. */
  public static boolean isInstalled() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts it with a replica, which it reads from a folder. */
  public static IndependentVerifier start(
      Path folder,
      MemoryStore store,
      MemoryBlobStore blobs,
      ReplicaTrust trust,
      ReplicaAnchor anchor)
      throws IOException {
    Path replica = folder.resolve("replica");
    for (Map.Entry<ArchiveName, byte[]> file : store.files().entrySet()) {
      write(replica.resolve(file.getKey().text()), file.getValue());
    }
    for (Map.Entry<BlobAddress, byte[]> blob : blobs.blobs().entrySet()) {
      write(replica.resolve(blob.getKey().name()), blob.getValue());
    }
    Path trustFile = folder.resolve("trust.json");
    Files.writeString(trustFile, GoldenReplicaTest.trustJson(trust, anchor));
    Process process =
        new ProcessBuilder(
                "node", PROGRAM.toString(), "--changes", replica.toString(), trustFile.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new IndependentVerifier(store, blobs, process);
  }

  private static void write(Path path, byte[] file) throws IOException {
    Files.createDirectories(path.getParent());
    Files.write(path, file);
  }

  /** What it says of a replica that has some of these files, or others under the same names. */
  public Verdict verify(MemoryStore store, MemoryBlobStore changed) throws IOException {
    ObjectNode changes = JSON.createObjectNode();
    files.forEach((name, file) -> change(changes, name.text(), file, store.files().get(name)));
    store
        .files()
        .forEach(
            (name, file) -> {
              if (!files.containsKey(name)) {
                changes.put(name.text(), HexFormat.of().formatHex(file));
              }
            });
    blobs.forEach(
        (address, file) -> change(changes, address.name(), file, changed.blobs().get(address)));
    to.write(changes + "\n");
    to.flush();
    JsonNode answer = JSON.readTree(from.readLine());
    Set<String> findings = new TreeSet<>();
    for (JsonNode finding : answer.path("findings")) {
      findings.add(
          finding.path("defect").asText()
              + " "
              + finding.path("name").asText()
              + " "
              + finding.path("from").asText()
              + "-"
              + finding.path("to").asText());
    }
    return new Verdict(
        findings, List.of(JSON.convertValue(answer.path("provedCuts"), Long[].class)));
  }

  private static void change(ObjectNode changes, String name, byte[] before, byte[] now) {
    if (now == null) {
      changes.putNull(name);
    } else if (now != before) {
      changes.put(name, HexFormat.of().formatHex(now));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
