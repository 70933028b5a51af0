package govcloud.recovery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.recovery.LostCloud;
import govcloud.replication.keys.PublicRecovery;
import govcloud.replication.keys.RecoverySecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportFilesTest {
  @TempDir private Path folder;
  private LostCloud cloud;
  private ReportFiles files;

  @BeforeEach
  void write() throws Exception {
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 19);
    files = new ReportFiles(folder.resolve("report"));
    ObjectNode report = new ObjectMapper().createObjectNode();
    report.put("cloud", "harbour").putObject("times").put("began_at", "2026-03-02T06:40:00Z");
    ObjectNode proof = report.putObject("proof");
    proof.put("proved", true).putArray("tenants").addObject().put("tenant", "<b>bureau</b>");
    proof.putArray("findings");
    try (RecoverySecrets secrets =
        RecoverySecrets.join(cloud.keys().recovery(), cloud.shares().subList(0, 3))) {
      files.write(report, secrets);
    }
  }

  @Test
  void report_isSignedWithTheShares_andReadable() throws Exception {
    PublicRecovery recovery = cloud.keys().recovery();
    assertThat(files.isSigned(recovery)).contains(true);
    assertThat(files.isSigned(cloud.siblingKeys().recovery())).contains(false);
    String html = Files.readString(folder.resolve("report/report.html"));
    assertThat(html)
        .contains("Everything is as it was signed")
        .contains("2026-03-02T06:40:00Z")
        .contains("&lt;b&gt;bureau&lt;/b&gt;")
        .doesNotContain("<b>bureau");
    assertThat(files.read().path("cloud").asText()).isEqualTo("harbour");
  }

  @Test
  void changedReportOrSignature_isNotBelieved() throws Exception {
    PublicRecovery recovery = cloud.keys().recovery();
    Path json = folder.resolve("report/report.json");
    String text = Files.readString(json);
    Files.writeString(json, text.replace("06:40", "06:41"));
    assertThat(files.isSigned(recovery)).contains(false);
    Files.writeString(json, text);
    Path signature = folder.resolve("report/report.sig");
    Files.writeString(signature, "not hexadecimal");
    assertThat(files.isSigned(recovery)).contains(false);
    Files.delete(signature);
    assertThat(files.isSigned(recovery)).isEmpty();
  }

  @Test
  @Tag("slow")
  void report_printed_hasChineseGlyphsInItself() throws Exception {
    Path printed;
    try {
      printed = new ReportPrinter(System.getenv()).print(folder.resolve("report"));
    } catch (ReportPrinter.NotPrinted e) {
      assumeTrue(false, e.getMessage());
      return;
    }
    String pdf = Files.readString(printed, StandardCharsets.ISO_8859_1);
    assertThat(pdf).startsWith("%PDF-");
    // The map of a font in it from glyphs to characters names the first one of "恢复报告".
    assertThat(streams(pdf)).anyMatch(stream -> stream.contains("<6062>"));
  }

  private static List<String> streams(String pdf) throws Exception {
    List<String> streams = new ArrayList<>();
    Matcher each = Pattern.compile("stream\\r?\\n(.*?)endstream", Pattern.DOTALL).matcher(pdf);
    while (each.find()) {
      byte[] packed = each.group(1).getBytes(StandardCharsets.ISO_8859_1);
      try (InputStream content = new InflaterInputStream(new ByteArrayInputStream(packed))) {
        streams.add(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
      } catch (IOException notPacked) {
        streams.add(each.group(1));
      }
    }
    return streams;
  }

  @Test
  void machineWithoutABrowser_printsNothing_andSaysWhy() {
    assertThatThrownBy(() -> new ReportPrinter(Map.of("PATH", folder.toString())).print(folder))
        .isInstanceOf(ReportPrinter.NotPrinted.class)
        .hasMessageContaining("browser: none");
  }
}
