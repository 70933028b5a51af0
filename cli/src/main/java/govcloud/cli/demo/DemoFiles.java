package govcloud.cli.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Small files that are made by code: valid, and about nobody. */
final class DemoFiles {
  private DemoFiles() {}

  /**
   * A file that an applicant hands in.
   *
   * @param number 1, 2, 3 ... within the case
   * @param material its name on the case's list
   */
  record DemoFile(int number, String material, String fileName, String mediaType, String content) {
    /** What is sent. */
    byte[] bytes() {
      return content.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The files of a case; the same for the same case. */
  static List<DemoFile> of(String caseId) {
    String note = "情况说明（演示数据）\n办件：" + caseId + "\n本文件由程序生成，不涉及任何真实个人。\n";
    return List.of(
        new DemoFile(1, "申请书", "申请书.pdf", "application/pdf", pdf("Application " + caseId)),
        new DemoFile(2, "情况说明", "情况说明.txt", "text/plain", note));
  }

  /**
   * A PDF of one page with one line.
   *
   * @param line ASCII without brackets and backslashes
   */
  static String pdf(String line) {
    String text = "BT /F1 18 Tf 72 760 Td (" + line + ") Tj ET";
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                + " /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length " + text.length() + " >>\nstream\n" + text + "\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    StringBuilder out = new StringBuilder("%PDF-1.4\n");
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < objects.size(); i++) {
      table.append(String.format(Locale.ROOT, "%010d 00000 n \n", out.length()));
      out.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
    }
    int at = out.length();
    int size = objects.size() + 1;
    out.append("xref\n0 ").append(size).append("\n0000000000 65535 f \n").append(table);
    out.append("trailer\n<< /Size ").append(size).append(" /Root 1 0 R >>\n");
    return out.append("startxref\n").append(at).append("\n%%EOF\n").toString();
  }
}
