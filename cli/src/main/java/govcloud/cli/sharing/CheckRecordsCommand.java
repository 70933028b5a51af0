package govcloud.cli.sharing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds a provider's own records against what it has published: its contract test. */
@Command(
    name = "check",
    description = {
      "Check a provider's own records against the resource, before consumers meet them: types, forms"
          + " and lengths as its JSON Schema has them, items that are missing or unknown, and check"
          + " characters.",
      "The file has a record in JSON on each line, as files for batches have; a line may also be the"
          + " whole answer of a service, {\"records\": [...]}. It stays here, and no value of it is"
          + " shown."
    },
    footer = {
      "govcloud resource check police violations --records violations.jsonl",
      "govcloud resource check police violations --records answer.json -o json"
    })
final class CheckRecordsCommand extends ResourceCommand.One {

  private static final int MOST = 100;

  private static final List<Column> REPORT =
      List.of(
          Column.of("version", "resource_version"),
          Column.of("records", "records"),
          Column.of("wrong", "wrong"),
          Column.of("further findings", "further"));

  private static final List<Column> FINDINGS =
      List.of(
          Column.of("PLACE", "at"),
          Column.of("ITEM", "item"),
          Column.of("FOUND", "found"),
          Column.of("EXPECTED", "expected"));

  @Option(
      names = "--records",
      required = true,
      paramLabel = "FILE",
      description = "The records, one in JSON on each line.")
  private Path file;

  @Override
  protected ExitCode run(Connection connection) {
    JsonNode resource = connection.send(get()).body();
    var report = connection.json().createObjectNode();
    report.set("resource_version", resource.path("resource_version"));
    var checking = new Checking(connection, new RecordCheck(resource.path("content")));
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      checking.read(reader);
    } catch (CharacterCodingException e) {
      throw unreadable("not UTF-8");
    } catch (IOException e) {
      throw unreadable(e.toString());
    }
    checking.report(report);
    connection.output().one(report, REPORT);
    if (connection.output().format() == Format.table && !checking.findings.isEmpty()) {
      connection.output().list(checking.findings, FINDINGS);
    }
    return checking.wrong == 0 && checking.records > 0 ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private CommandFailure unreadable(String why) {
    return new CommandFailure(
        ExitCode.USAGE, "RECORDS_UNREADABLE", "records: cannot read " + file + " (" + why + ")");
  }

  /** One file as it is read. */
  private static final class Checking {
    private final Connection connection;
    private final RecordCheck check;
    private final ArrayNode findings;
    private long records;
    private long wrong;
    private long further;

    private Checking(Connection connection, RecordCheck check) {
      this.connection = connection;
      this.check = check;
      this.findings = connection.json().createArrayNode();
    }

    private void read(BufferedReader reader) throws IOException {
      int number = 0;
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        line(line, "line " + ++number);
      }
      if (number == 0) {
        add("file", new RecordCheck.Finding("", "nothing", "a record on each line"));
      }
    }

    private void line(String line, String at) {
      JsonNode read;
      try {
        read = connection.json().readTree(line);
      } catch (JsonProcessingException e) {
        records++;
        wrong++;
        var place = at + ", column " + e.getLocation().getColumnNr();
        add(place, new RecordCheck.Finding("", "no JSON", "a record in JSON"));
        return;
      }
      if (read.path("records").isArray()) {
        int i = 0;
        for (JsonNode record : read.path("records")) {
          record(record, at + ", record " + i++);
        }
      } else {
        record(read, at);
      }
    }

    private void record(JsonNode record, String at) {
      records++;
      var found = check.findings(record);
      if (!found.isEmpty()) {
        wrong++;
        found.forEach(one -> add(at, one));
      }
    }

    private void add(String at, RecordCheck.Finding finding) {
      if (findings.size() == MOST) {
        further++;
        return;
      }
      findings
          .addObject()
          .put("at", at)
          .put("item", finding.item())
          .put("found", finding.found())
          .put("expected", finding.expected());
    }

    private void report(ObjectNode report) {
      report.put("records", records).put("wrong", wrong).put("further", further);
      report.set("findings", findings);
    }
  }
}
