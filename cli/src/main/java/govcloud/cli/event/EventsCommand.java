package govcloud.cli.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Format;
import govcloud.cli.output.Terminal.Colour;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Follows the stream of events, over lost connections and dead nodes. */
@Command(
    name = "events",
    description = "Show what happens, as it happens.",
    footer = {
      "govcloud events --follow",
      "govcloud events --follow --tenant transport --type govcloud.case -o jsonl",
      "govcloud events --from-start --for 5"
    })
public final class EventsCommand extends ApiCommand {
  @Option(
      names = {"-f", "--follow"},
      description = "Go on until Ctrl-C. This is what it does without --for, too.")
  private boolean follow;

  @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this department's.")
  private String tenant;

  @Option(names = "--type", paramLabel = "TYPE", description = "Only these, such as govcloud.case.")
  private String type;

  @Option(names = "--from-start", description = "Begin with everything that is still there.")
  private boolean fromStart;

  @Option(names = "--after", paramLabel = "ID", description = "Go on after this event.")
  private String after;

  @Option(names = "--for", paramLabel = "SECONDS", description = "Stop after this time.")
  private Long seconds;

  private String last;

  @Override
  protected ExitCode run(Connection connection) {
    last = after;
    Instant end =
        seconds == null || follow ? Instant.MAX : connection.clock().instant().plusSeconds(seconds);
    Instant quiet = connection.clock().instant();
    while (connection.clock().instant().isBefore(end)) {
      try (EventStream stream = new EventStream(connection.api().stream(request()))) {
        Thread watch = closing(stream, connection, end);
        try {
          follow(connection, stream, end);
        } finally {
          watch.interrupt();
        }
        quiet = connection.clock().instant();
      } catch (IOException lost) {
        giveUpAfter(connection, quiet, end);
      }
    }
    return ExitCode.OK;
  }

  private void giveUpAfter(Connection connection, Instant quiet, Instant end) {
    Instant now = connection.clock().instant();
    if (now.isBefore(end) && now.isAfter(quiet.plus(options().timeout()))) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "NO_ANSWER",
          "No node answers; go on later with --after " + (last == null ? "ID" : last) + ".");
    }
    Waiting.pause(Duration.ofMillis(200));
  }

  private static Thread closing(EventStream stream, Connection connection, Instant end) {
    Thread watch =
        new Thread(
            () -> {
              try {
                if (!end.equals(Instant.MAX)) {
                  Thread.sleep(
                      Math.max(
                          0, end.toEpochMilli() - connection.clock().instant().toEpochMilli()));
                  stream.close();
                }
              } catch (InterruptedException | IOException ended) {
                Thread.currentThread().interrupt();
              }
            },
            "events-end");
    watch.setDaemon(true);
    watch.start();
    return watch;
  }

  private ApiRequest request() {
    ApiRequest request = ApiRequest.get("/v1/events").with("tenant", tenant).with("type", type);
    return last == null
        ? request.with("from", fromStart ? "start" : null)
        : request.withHeader("Last-Event-ID", last);
  }

  private void follow(Connection connection, EventStream stream, Instant end) throws IOException {
    while (connection.clock().instant().isBefore(end)) {
      EventStream.Event event = stream.next();
      if (event == null) {
        return;
      }
      if (!event.id().isEmpty()) {
        last = event.id();
      }
      show(connection, event.data());
    }
  }

  private static void show(Connection connection, String data) {
    JsonNode event;
    try {
      event = connection.json().readTree(data);
    } catch (JsonProcessingException e) {
      connection.terminal().say("not JSON: " + data);
      return;
    }
    if (connection.output().format() != Format.table) {
      connection.output().line(event);
      return;
    }
    connection
        .terminal()
        .out()
        .println(
            connection.terminal().paint(Colour.GREY, event.path("time").asText())
                + "  "
                + event.path("type").asText()
                + "  "
                + connection.terminal().paint(Colour.BOLD, event.path("subject").asText())
                + "  "
                + event.path("data"));
    connection.terminal().out().flush();
  }
}
