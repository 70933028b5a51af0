package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Fetches everything at once. What has come so far lies beside the target until it is whole, so
 * that half of it is never taken for all.
 */
abstract class WholeCommand extends ApiCommand {
  private static final String PART = ".part";
  private static final int BUFFER = 1 << 16;
  private static final Set<String> NOT_YET =
      Set.of("EXCHANGE_FILE_BEING_READ", "EXCHANGE_BATCH_UNDER_WAY");
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  @Mixin private ChangeOptions.Key key;

  @Parameters(paramLabel = "AGREEMENT", description = "Under which agreement.")
  private String agreement;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      required = true,
      description = "The department that asks.")
  private String tenant;

  @Option(
      names = "--case",
      paramLabel = "APP/CASE",
      description = "Because of which case; needed where the agreement names matters.")
  private String cited;

  @Option(
      names = "--subject",
      paramLabel = "NUMBER",
      description = "Only what is about this person or company, by document number.")
  private String subject;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "Where to; not there yet. What has come so far is in FILE.part.")
  private Path to;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description =
          "How long to wait while a large file is read through before its first byte comes, or a"
              + " batch comes through gateways."
              + " Default: ${DEFAULT-VALUE}.")
  private long wait;

  /** What is asked for, as the path calls it. */
  abstract String what();

  /** Fetches into a file; returns what there is to say about it when it is whole. */
  abstract String fetch(Connection connection, ApiRequest request, Path part) throws IOException;

  @Override
  protected ExitCode run(Connection connection) {
    if (Files.exists(to)) {
      throw new CommandFailure(
          ExitCode.CONFLICT, "FILE_EXISTS", to + " is there already; choose another --to.");
    }
    Path part = to.resolveSibling(to.getFileName() + PART);
    try {
      String said = fetch(connection, request(connection), part);
      Files.move(part, to);
      connection.terminal().say("Done. " + to + ": " + said);
      return ExitCode.OK;
    } catch (IOException e) {
      throw notWhole(to + " (" + e.getMessage() + ")");
    }
  }

  /** The answer, once there is one; what does not come yet is asked for again and again. */
  final HttpResponse<InputStream> open(Connection connection, ApiRequest request, String accept)
      throws IOException {
    Instant deadline = connection.clock().instant().plusSeconds(wait);
    while (true) {
      try {
        return connection.api().open(request, accept);
      } catch (CommandFailure failure) {
        Duration asked = failure.retryAfter();
        Duration pause = asked.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : asked;
        boolean late = connection.clock().instant().plus(pause).isAfter(deadline);
        if (late || !NOT_YET.contains(failure.code())) {
          throw failure;
        }
        connection.terminal().say("Not yet: " + failure.getMessage());
        Waiting.pause(pause);
      }
    }
  }

  private ApiRequest request(Connection connection) {
    ObjectNode body = connection.body();
    Reason.put(body, cited, subject);
    String path = ApiRequest.path("v1", "tenants", tenant, "exchange", agreement, what());
    return ApiRequest.change("POST", path, key.get(), body)
        .withHeader(ApiRequest.ACTING_AS, connection.actingAs());
  }

  private static CommandFailure notWhole(String what) {
    return new CommandFailure(ExitCode.FAILED, "FILE_NOT_WHOLE", "Cannot fetch all of " + what);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every JDK has it", e);
    }
  }

  /** A file, gone on with where it stopped. */
  @Command(
      name = "file",
      description = {
        "Fetch the newest file of another department, under an agreement of the mode file.",
        "Its digest is recorded before it leaves and compared when it has come. After a failure the"
            + " same command with the same --idempotency-key goes on where it stopped."
      },
      footer = {
        "govcloud exchange file daily-figures --tenant roads --to figures.csv \\",
        "    --idempotency-key figures-2026-11-29"
      })
  static final class OfFile extends WholeCommand {
    @Override
    String what() {
      return "file";
    }

    @Override
    String fetch(Connection connection, ApiRequest request, Path part) throws IOException {
      long from = Files.exists(part) ? Files.size(part) : 0;
      var answer =
          open(
              connection,
              request.with("from", Long.toString(from)),
              "*/*, application/problem+json");
      try (InputStream in = answer.body();
          OutputStream out =
              Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        in.transferTo(out);
      }
      String digest = "sha-256=:" + digest(part) + ":";
      if (!digest.equals(answer.headers().firstValue("Repr-Digest").orElse(""))) {
        Files.delete(part);
        throw notWhole(part + ": another digest than the recorded one; it is removed");
      }
      return "entry " + answer.headers().firstValue("Govcloud-Entry").orElse("") + " of the ledger";
    }

    private static String digest(Path file) throws IOException {
      MessageDigest digest = sha256();
      byte[] buffer = new byte[BUFFER];
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          digest.update(buffer, 0, read);
        }
      }
      return Base64.getEncoder().encodeToString(digest.digest());
    }
  }

  /** A batch, from its beginning. */
  @Command(
      name = "batch",
      description = {
        "Fetch all records of another department, under an agreement of the mode batch.",
        "Lines of JSON, each with the index of its entry in the ledger; it is compared with what"
            + " the last line says of all."
      },
      footer = {
        "govcloud exchange batch deaths-monthly --tenant social-security --to deaths.jsonl"
      })
  static final class OfBatch extends WholeCommand {
    @Override
    String what() {
      return "batch";
    }

    @Override
    String fetch(Connection connection, ApiRequest request, Path part) throws IOException {
      var answer = open(connection, request, "application/x-ndjson, application/problem+json");
      try (var lines =
              new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
          OutputStream out = Files.newOutputStream(part)) {
        return copy(lines, out, part);
      }
    }

    private static String copy(BufferedReader lines, OutputStream out, Path part)
        throws IOException {
      MessageDigest digest = sha256();
      ObjectMapper json = new ObjectMapper();
      long records = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode read = json.readTree(line);
        if (read.has("refusal")) {
          throw new CommandFailure(ExitCode.PARTIAL, (ObjectNode) read.path("refusal"));
        }
        if (read.has("end")) {
          requireAll(read.path("end"), records, HexFormat.of().formatHex(digest.digest()), part);
          return records + " records";
        }
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        out.write(bytes);
        records++;
      }
      throw notWhole(part + ": cut off after " + records + " records");
    }

    private static void requireAll(JsonNode end, long records, String digest, Path part) {
      if (end.path("records").asLong() != records || !end.path("sha256").asText().equals(digest)) {
        throw notWhole(part + ": other lines than were sent");
      }
    }
  }
}
