package govcloud.cli.xes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class TraceReaderTest {
  private static final String SMALL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
        <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
        <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
        <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
        <classifier name="Activity" keys="concept:name"/>
        <string key="concept:name" value="A log"/>
        <trace>
          <string key="concept:name" value="one"><int key="inner" value="7"/></string>
          <event>
            <string key="concept:name" value="begin &amp; go"/>
            <date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/>
            <list key="things"><values><string key="a" value="1"/><string key="a" value="2"/></values></list>
          </event>
        </trace>
        <unknown><trace/></unknown>
        <trace/>
      </log>
      """;

  private static TraceReader reader(String text) {
    return reader(text.getBytes(StandardCharsets.UTF_8));
  }

  private static TraceReader reader(byte[] bytes) {
    return new TraceReader(new ByteArrayInputStream(bytes), XesLimits.standard());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void readAll(TraceReader reader) {
    Optional<XesTrace> next = reader.next();
    while (next.isPresent()) {
      next = reader.next();
    }
  }

  private static void assertRefused(String text, XesException.Code code) {
    assertThatThrownBy(() -> readAll(reader(text)))
        .isInstanceOfSatisfying(XesException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String withValue(String element) {
    return "<log><trace>" + element + "</trace></log>";
  }

  @Test
  void smallLog_read_givesHeaderAndTraces() {
    try (TraceReader reader = reader(SMALL)) {
      assertThat(reader.header().name()).contains("A log");
      assertThat(reader.header().extensions()).hasSize(1);
      assertThat(reader.header().classifiers()).hasSize(1);
      assertThat(reader.header().traceGlobals()).hasSize(1);
      assertThat(reader.header().eventGlobals()).hasSize(1);
      XesTrace trace = reader.next().orElseThrow();
      assertThat(trace.name()).contains("one");
      assertThat(trace.attributes().get(0).children()).hasSize(1);
      assertThat(trace.events().get(0).value("concept:name")).contains("begin & go");
      assertThat(trace.events().get(0).attributes().get(2).values()).hasSize(2);
      assertThat(reader.next().orElseThrow().index()).isEqualTo(1);
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void gzip_read_isToldByItsFirstBytes() throws IOException {
    try (TraceReader reader = reader(gzip(SMALL))) {
      assertThat(reader.next().orElseThrow().name()).contains("one");
    }
  }

  @Test
  void truncatedGzip_read_isTruncated() throws IOException {
    byte[] whole = gzip(SMALL);
    byte[] half = Arrays.copyOf(whole, whole.length - 20);
    assertThatThrownBy(() -> readAll(reader(half)))
        .isInstanceOfSatisfying(
            XesException.class,
            e -> assertThat(e.code()).isEqualTo(XesException.Code.XES_TRUNCATED));
  }

  @Test
  void truncatedXml_read_isTruncated() {
    assertRefused(SMALL.substring(0, SMALL.length() - 12), XesException.Code.XES_TRUNCATED);
  }

  @Test
  void noXml_read_isRefused() {
    assertRefused("case,activity\n1,begin\n", XesException.Code.XES_NOT_XML);
  }

  @Test
  void wrongRoot_read_namesIt() {
    assertThatThrownBy(() -> reader("<html><body/></html>"))
        .hasMessageContaining("<html> (expected: <log>)")
        .hasMessageContaining("line 1:");
  }

  @Test
  void billionLaughs_read_isRefusedAtTheDocumentType() {
    String laughs =
        "<!DOCTYPE log [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]>"
            + "<log><string key=\"k\" value=\"&c;\"/></log>";
    assertRefused(laughs, XesException.Code.XES_DOCTYPE);
  }

  @Test
  void externalEntity_read_isRefusedAtTheDocumentType() {
    String external = "<!DOCTYPE log [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><log>&x;</log>";
    assertRefused(external, XesException.Code.XES_DOCTYPE);
  }

  @Test
  void hugeAttribute_read_isRefusedWithoutHoldingIt() {
    byte[] head = "<log><string key=\"k\" value=\"".getBytes(StandardCharsets.UTF_8);
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    InputStream input =
        new SequenceInputStream(
            Collections.enumeration(List.of(new ByteArrayInputStream(head), endless)));
    assertThatThrownBy(() -> new TraceReader(input, XesLimits.standard()))
        .isInstanceOfSatisfying(
            XesException.class,
            e -> assertThat(e.code()).isEqualTo(XesException.Code.XES_TOO_LARGE));
  }

  @Test
  void deepNesting_read_isRefused() {
    String open = "<string key=\"k\" value=\"v\">".repeat(40);
    assertRefused(withValue(open + "</string>".repeat(40)), XesException.Code.XES_TOO_DEEP);
  }

  @Test
  void tooManyEvents_read_isRefused() {
    XesLimits two = new XesLimits(4, 1000, 2, 100);
    byte[] three = withValue("<event/><event/><event/>").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> readAll(new TraceReader(new ByteArrayInputStream(three), two)))
        .hasMessageContaining("more than 2");
  }

  @Test
  void badValues_read_nameValueExpectationAndPlace() {
    assertThatThrownBy(() -> readAll(reader(withValue("\n<date key=\"d\" value=\"soon\"/>"))))
        .hasMessageContaining("line 2:")
        .hasMessageContaining("date d: soon (expected: a date such as");
    assertRefused(withValue("<int key=\"i\" value=\"1.5\"/>"), XesException.Code.XES_BAD_VALUE);
    assertRefused(withValue("<float key=\"f\" value=\"x\"/>"), XesException.Code.XES_BAD_VALUE);
    assertRefused(withValue("<boolean key=\"b\" value=\"no\"/>"), XesException.Code.XES_BAD_VALUE);
    assertRefused(withValue("<string value=\"no key\"/>"), XesException.Code.XES_MISSING);
    assertRefused(withValue("<string key=\"k\"/>"), XesException.Code.XES_MISSING);
  }

  @Test
  void failingInput_read_isReportedAsSuch() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() {
            throw new UncheckedIOException(new IOException("disk gone"));
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };
    assertThatThrownBy(() -> new TraceReader(failing, XesLimits.standard()))
        .hasMessageContaining("disk gone");
  }
}
