package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import govcloud.node.page.Html;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture says what was put into it. */
class QrCodeTest {

  private static final Pattern SIDE = Pattern.compile("viewBox=\"0 0 ([0-9]+) \\1\"");
  private static final Pattern DARK = Pattern.compile("M([0-9]+) ([0-9]+)h1v1h-1z");

  @Test
  void isReadBack() throws Exception {
    String uri = Totp.uri("extranet", "office@city-transport", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    var html = new Html();
    QrCode.add(html, uri, "<picture>");

    assertThat(html.toString()).contains("aria-label=\"&lt;picture&gt;\"");
    assertThat(new Decoder().decode(modules(html.toString())).getText()).isEqualTo(uri);
  }

  /** The dark modules without the white around them. */
  static BitMatrix modules(String svg) {
    Matcher side = SIDE.matcher(svg);
    assertThat(side.find()).isTrue();
    var modules = new BitMatrix(Integer.parseInt(side.group(1)) - 8);
    DARK.matcher(svg)
        .results()
        .forEach(
            dark ->
                modules.set(
                    Integer.parseInt(dark.group(1)) - 4, Integer.parseInt(dark.group(2)) - 4));
    return modules;
  }
}
