package govcloud.recovery.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.PublicRecovery;
import govcloud.replication.keys.ReplicaSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * A report as files: {@code report.json} is what counts and is signed, {@code report.sig} is the
 * signature in hexadecimal, {@code report.html} is the same for people.
 */
public final class ReportFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FAILOVER = "failover";

  private final Path folder;

  /** The files in a folder. */
  public ReportFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a report in place of an older one.
   *
   * @param secrets sign it
   * @throws IOException when the folder cannot be written
   */
  public void write(ObjectNode report, ReplicaSecrets secrets) throws IOException {
    Files.createDirectories(folder);
    writeSigned("report", report, secrets);
    writeHtml(report);
  }

  /** Writes who approved that the old site is given up, signed as a report is. */
  public void writeFailover(ObjectNode failover, ReplicaSecrets secrets) throws IOException {
    Files.createDirectories(folder);
    writeSigned(FAILOVER, failover, secrets);
  }

  private void writeSigned(String name, ObjectNode content, ReplicaSecrets secrets)
      throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
    replace(name + ".json", json);
    replace(
        name + ".sig",
        (HexFormat.of().formatHex(secrets.sign(json)) + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Who approved that the old site was given up; empty where nothing says so.
   *
   * @param recovery from the card of the cloud
   * @throws IOException also when it is not as the holders of shares signed it
   */
  public Optional<JsonNode> failover(PublicRecovery recovery) throws IOException {
    Path file = folder.resolve(FAILOVER + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!isSigned(FAILOVER, recovery::signed).orElse(false)) {
      throw new IOException(file + ": signature wrong");
    }
    return Optional.of(JSON.readTree(Files.readAllBytes(file)));
  }

  /** Writes what is known at the beginning, for the case that there is never an end. */
  public void begin(ObjectNode begun) throws IOException {
    Files.createDirectories(folder);
    replace("begun.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(begun));
  }

  /** Keeps the public half of the drill key beside the report that it signed. */
  public void keep(DrillCard card) throws IOException {
    replace(DrillCard.FILE, card.toFile());
  }

  /** Writes the form for people anew. */
  public void writeHtml(JsonNode report) throws IOException {
    replace("report.html", ReportPage.html(report).getBytes(StandardCharsets.UTF_8));
  }

  private void replace(String name, byte[] content) throws IOException {
    Path next = folder.resolve(name + ".next");
    Files.write(next, content);
    Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Reads a report.
   *
   * @throws IOException when there is none
   */
  public JsonNode read() throws IOException {
    return JSON.readTree(Files.readAllBytes(folder.resolve("report.json")));
  }

  /**
   * Whether it is as the holders of shares signed it.
   *
   * @param recovery from the card of the cloud
   * @return empty where there is no signature
   */
  public Optional<Boolean> isSigned(PublicRecovery recovery) throws IOException {
    return isSigned("report", recovery::signed);
  }

  /** Whether it is as whoever has the drill key signed it; empty where there is no signature. */
  public Optional<Boolean> isSigned(DrillCard drill) throws IOException {
    return isSigned("report", drill::signed);
  }

  private Optional<Boolean> isSigned(String name, BiPredicate<byte[], byte[]> key)
      throws IOException {
    Path file = folder.resolve(name + ".sig");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] signature = HexFormat.of().parseHex(Files.readString(file).strip());
      return Optional.of(key.test(Files.readAllBytes(folder.resolve(name + ".json")), signature));
    } catch (IllegalArgumentException e) {
      return Optional.of(false);
    }
  }
}
