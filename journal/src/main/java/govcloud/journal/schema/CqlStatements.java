package govcloud.journal.schema;

import java.util.ArrayList;
import java.util.List;

/** Splits the text of a migration into its statements, without comments. */
final class CqlStatements {
  private final String text;
  private final List<String> statements = new ArrayList<>();
  private final StringBuilder statement = new StringBuilder();
  private int at;

  private CqlStatements(String text) {
    this.text = text;
  }

  /** The statements in order, without their semicolons. */
  static List<String> split(String text) {
    return new CqlStatements(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      if (looksAt("--") || looksAt("//")) {
        skipTo("\n");
      } else if (looksAt("/*")) {
        skipTo("*/");
        space();
      } else if (looksAt("$$")) {
        copyQuoted("$$");
      } else if (looksAt("'") || looksAt("\"")) {
        copyQuoted(text.substring(at, at + 1));
      } else if (looksAt(";")) {
        at++;
        end();
      } else {
        copyPlain();
      }
    }
    end();
    return List.copyOf(statements);
  }

  private boolean looksAt(String words) {
    return text.startsWith(words, at);
  }

  private void skipTo(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + (end.equals("\n") ? 0 : end.length());
  }

  /** A doubled quote inside a text is read as two texts side by side, which copies it as it is. */
  private void copyQuoted(String quote) {
    int found = text.indexOf(quote, at + quote.length());
    int end = found < 0 ? text.length() : found + quote.length();
    statement.append(text, at, end);
    at = end;
  }

  private void copyPlain() {
    char next = text.charAt(at++);
    if (!Character.isWhitespace(next)) {
      statement.append(next);
    } else {
      space();
    }
  }

  private void space() {
    if (statement.length() > 0 && statement.charAt(statement.length() - 1) != ' ') {
      statement.append(' ');
    }
  }

  private void end() {
    String whole = statement.toString().strip();
    statement.setLength(0);
    if (!whole.isEmpty()) {
      statements.add(whole);
    }
  }
}
