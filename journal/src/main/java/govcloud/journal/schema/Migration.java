package govcloud.journal.schema;

import static govcloud.journal.schema.SchemaException.Code.SCHEMA_FAILED;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One versioned file of CQL.
 *
 * @param version 1 to 999, from the file name {@code V001__journal.cql}
 * @param name what it is about, from the file name
 * @param statements idempotent statements with {@code ${keyspace}} and {@code ${replication}} in
 *     them
 */
public record Migration(int version, String name, List<String> statements) {
  private static final Pattern FILE = Pattern.compile("V([0-9]{3})__([a-z0-9_-]+)\\.cql");

  public Migration {
    statements = List.copyOf(statements);
  }

  /** Reads a file by name and content. */
  public static Migration parse(String fileName, String content) {
    Matcher matcher = FILE.matcher(fileName);
    if (!matcher.matches()) {
      throw new SchemaException(
          SCHEMA_FAILED, fileName + ": file name (expected: like V001__journal.cql)");
    }
    List<String> statements = CqlStatements.split(content);
    if (statements.isEmpty()) {
      throw new SchemaException(
          SCHEMA_FAILED, fileName + ": no statement (expected: at least one)");
    }
    return new Migration(Integer.parseInt(matcher.group(1)), matcher.group(2), statements);
  }

  static boolean isFileName(String fileName) {
    return FILE.matcher(fileName).matches();
  }

  /** SHA-256 of the statements: comments and line breaks may change, the meaning may not. */
  public String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String statement : statements) {
        digest.update(statement.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ';');
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** The file it came from, for messages. */
  public String fileName() {
    return "V%03d__%s.cql".formatted(version, name);
  }
}
