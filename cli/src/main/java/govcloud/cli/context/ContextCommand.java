package govcloud.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiClient;
import govcloud.cli.command.Group;
import govcloud.cli.command.Json;
import govcloud.cli.command.Loopback;
import govcloud.cli.output.Column;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which clouds the command line knows. */
@Command(
    name = "context",
    description = {
      "Named connections to clouds: addresses, trusted authority, department, and a session each.",
      "`local` is the cloud in --home. Where none is named, the used one counts."
    },
    footer = {
      "govcloud context add city --url https://node-1.example.gov.cn:7070 --ca-file city.pem",
      "govcloud context use city",
      "govcloud login zhang-san",
      "govcloud case list transport permits --context city"
    },
    subcommands = {
      ContextCommand.ListContexts.class,
      ContextCommand.Use.class,
      ContextCommand.Add.class,
      ContextCommand.Remove.class,
      ContextCommand.Show.class
    })
public final class ContextCommand extends Group {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("CONTEXT", "context"),
          Column.of("USED", "used"),
          Column.of("ADDRESSES", "urls"),
          Column.of("TENANT", "tenant"),
          Column.of("AUTHORITY", "authority"),
          Column.of("SIGNED IN", "signed_in"));

  private static ObjectNode view(Contexts contexts, CloudContext context) {
    ObjectNode view = Json.mapper().createObjectNode();
    view.put("context", context.name()).put("used", contexts.used().equals(context.name()));
    context.urls().forEach(url -> view.withArray("/urls").add(url.toString()));
    context.authority().ifPresent(file -> view.put("authority", file.toString()));
    if (!context.tenant().isEmpty()) {
      view.put("tenant", context.tenant());
    }
    return view.put("signed_in", context.isSignedIn());
  }

  private static ObjectNode local(Contexts contexts) {
    return Json.mapper()
        .createObjectNode()
        .put("context", Contexts.LOCAL)
        .put("used", contexts.used().equals(Contexts.LOCAL));
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = "List the contexts, and which one is used.",
      footer = {"govcloud context list", "govcloud context list -o json"})
  public static final class ListContexts extends ContextTask {
    @Override
    void run(Contexts contexts) {
      List<JsonNode> all = new ArrayList<>(List.of(local(contexts)));
      contexts.all().forEach(context -> all.add(view(contexts, context)));
      output().list(all, COLUMNS);
    }
  }

  /** Uses one where none is named. */
  @Command(
      name = "use",
      description = "Use a context where none is named; `local` is the cloud in --home.",
      footer = {"govcloud context use city", "govcloud context use local"})
  public static final class Use extends ContextTask {
    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name;

    @Override
    void run(Contexts contexts) {
      contexts.use(name);
      terminal().say("Commands go to " + name + " from now on.");
    }
  }

  /** Adds one. */
  @Command(
      name = "add",
      description = "Add a context. No cloud is asked; `govcloud login` begins its session.",
      footer = {
        "govcloud context add city --url https://node-1.example.gov.cn:7070 --ca-file city.pem",
        "govcloud context add port --url https://10.0.0.7:7070,https://10.0.0.8:7070 \\\n"
            + "      --ca-file port.pem --tenant transport --use"
      })
  public static final class Add extends ContextTask {
    @Parameters(paramLabel = "NAME", description = "Its name: a-z, 0-9 and -.")
    private String name;

    @Option(
        names = "--url",
        paramLabel = "URL",
        split = ",",
        required = true,
        description = "Addresses of nodes; https, unless they are loopback.")
    private List<URI> urls;

    @Option(
        names = "--ca-file",
        paramLabel = "FILE",
        description =
            "PEM file with the authority whose certificate the cloud shows; it is copied. Default:"
                + " those that this machine takes.")
    private Path caFile;

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        defaultValue = "",
        description = "The department that `.` stands for in commands.")
    private String tenant;

    @Option(names = "--use", description = "Use it from now on.")
    private boolean use;

    @Override
    void run(Contexts contexts) {
      urls.forEach(Add::requireAddress);
      Optional<Path> authority = Optional.ofNullable(caFile);
      ApiClient.newHttpClient(authority);
      CloudContext added = contexts.add(name, urls, authority, tenant);
      if (use) {
        contexts.use(name);
      }
      output().one(view(contexts, added), COLUMNS);
    }

    private static void requireAddress(URI url) {
      boolean here = Loopback.is(url);
      boolean safe = "https".equals(url.getScheme()) || (here && "http".equals(url.getScheme()));
      if (!safe || url.getHost() == null || url.getUserInfo() != null) {
        throw Contexts.invalid("--url: " + url + " (expected: https://HOST[:PORT])");
      }
    }
  }

  /** Removes one. */
  @Command(
      name = "remove",
      description = "Remove a context with what is kept of it on this machine.",
      footer = {"govcloud context remove city", "govcloud context remove city --force"})
  public static final class Remove extends ContextTask {
    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name;

    @Option(
        names = "--force",
        description = "Also with a session, which goes on at the cloud until it ends by itself.")
    private boolean force;

    @Override
    void run(Contexts contexts) {
      CloudContext context =
          contexts
              .named(name)
              .orElseThrow(() -> Contexts.invalid("`local` is the cloud in --home; it stays."));
      if (context.isSignedIn() && !force) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            "CONTEXT_SIGNED_IN",
            "Somebody is signed in; `govcloud logout --context " + name + "` first, or --force.");
      }
      contexts.remove(context);
      terminal().say("Removed.");
    }
  }

  /** Shows one. */
  @Command(
      name = "show",
      description = "Show a context; without a name the one that is used.",
      footer = {"govcloud context show", "govcloud context show city -o json"})
  public static final class Show extends ContextTask {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Its name.")
    private String name;

    @Override
    void run(Contexts contexts) {
      String wanted = name == null ? contexts.used() : name;
      output()
          .one(
              contexts
                  .named(wanted)
                  .map(context -> view(contexts, context))
                  .orElseGet(() -> local(contexts)),
              COLUMNS);
    }
  }
}
