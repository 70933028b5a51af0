package govcloud.node.identity;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import govcloud.node.page.Html;

/** QR codes of ISO/IEC 18004 as pictures that lie in the page itself. */
final class QrCode {

  /** Modules left white on every side, without which readers find nothing. */
  private static final int QUIET_ZONE = 4;

  private QrCode() {}

  /**
   * Adds the picture: black on white whatever colours the page has.
   *
   * @param words what the picture shows, for those who do not see it
   * @throws IllegalArgumentException when the content is longer than a code can hold
   */
  static void add(Html html, String content, String words) {
    var modules = modules(content);
    int side = modules.getWidth() + 2 * QUIET_ZONE;
    html.raw("<svg class=\"qr\" role=\"img\" shape-rendering=\"crispEdges\" viewBox=\"0 0 ")
        .raw(side + " " + side + "\" aria-label=\"")
        .text(words)
        .raw("\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "H0z\"/>")
        .raw("<path fill=\"#000\" d=\"" + path(modules) + "\"/></svg>");
  }

  private static ByteMatrix modules(String content) {
    try {
      return Encoder.encode(content, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("no QR code: " + e.getMessage(), e);
    }
  }

  /** A square for each dark module. */
  private static String path(ByteMatrix modules) {
    var path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      for (int x = 0; x < modules.getWidth(); x++) {
        if (modules.get(x, y) == 1) {
          path.append('M')
              .append(x + QUIET_ZONE)
              .append(' ')
              .append(y + QUIET_ZONE)
              .append("h1v1h-1z");
        }
      }
    }
    return path.toString();
  }
}
