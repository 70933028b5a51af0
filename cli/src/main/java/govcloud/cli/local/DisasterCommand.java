package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.HomeOption;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import govcloud.cli.output.Output;
import govcloud.cli.output.ProgressBar;
import govcloud.cli.output.Terminal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the loss of a site on this machine, and the recovery from it. */
@Command(
    name = "disaster",
    description = {
      "Play the loss of this site and its recovery from the sibling.",
      "Clerks work, the site of this cloud is destroyed (processes killed, disks deleted), and the",
      "cloud is rebuilt from what its sibling received, with three of five key shares.",
      "Measures what was lost and how long it took. Everything in this home is destroyed."
    },
    footer = {"govcloud up && govcloud disaster", "govcloud disaster --yes --seconds 60"})
public final class DisasterCommand implements Callable<Integer> {
  private static final Duration GIVE_UP = Duration.ofSeconds(2);
  private static final Duration SERVICE_PATIENCE = Duration.ofMinutes(3);
  private static final int LONGEST = 3600;

  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;
  @Mixin private OutputOption output;
  @Mixin private Confirmation confirmation;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      paramLabel = "SECONDS",
      description = "How long clerks work before and after. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  private Terminal terminal;
  private Clock clock;
  private final ObjectMapper json = Json.mapper();
  private int step;

  @Override
  public Integer call() {
    Govcloud root = (Govcloud) spec.root().userObject();
    terminal = root.terminal();
    clock = root.clock();
    if (seconds < 1 || seconds > LONGEST) {
      throw new CommandFailure(
          ExitCode.USAGE, "USAGE", "--seconds: " + seconds + " (expected: 1 to " + LONGEST + ")");
    }
    CloudHome home = homeOption.home(terminal.variables());
    LocalReplication cloud = requireSibling(home);
    confirmation.ask(
        terminal, "Destroy the cloud in " + home.folder() + " and rebuild it from its sibling?");
    try (CaseTraffic traffic = traffic(home)) {
      return play(home, cloud, traffic).number();
    }
  }

  private LocalReplication requireSibling(CloudHome home) {
    if (!new HomeChecks(home).isRunning()) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "NOT_RUNNING",
          "No cloud runs in " + home.folder() + "; start it and its sibling with `govcloud up`.");
    }
    return LocalReplication.read(json, home)
        .filter(known -> known.sibling().isPresent())
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.CONFLICT,
                    "NO_SIBLING",
                    "The cloud in "
                        + home.folder()
                        + " has no sibling: what is lost there is lost. Start one that has, with"
                        + " `govcloud up`."));
  }

  private CaseTraffic traffic(CloudHome home) {
    ApiClient api =
        new ApiClient(
            json,
            home.httpClient(),
            () -> home.addresses(json),
            home.readToken(),
            RetryPolicy.within(GIVE_UP),
            clock);
    return new CaseTraffic(json, api, clock, "disaster-" + clock.millis());
  }

  private ExitCode play(CloudHome home, LocalReplication cloud, CaseTraffic traffic) {
    Set<String> departments = traffic.findCases();
    if (departments.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "NO_CASES",
          "There are no cases to work on; load some with `govcloud demo`.");
    }
    say("Clerks work on cases of %d departments; these are watched.".formatted(departments.size()));
    traffic.begin();
    watch(traffic, "Working");
    say("The site of " + cloud.cloud() + " burns down.");
    SiteLoss loss = new SiteLoss(json, home);
    int processes = loss.kill();
    Instant lost = clock.instant();
    long bytes = loss.destroyDisks();
    terminal.say(
        "   %d processes killed, %,d MiB of data, archive and keys deleted."
            .formatted(processes, bytes >> 20));
    List<CaseTraffic.Change> acknowledged = traffic.before(lost);
    SiteRebuild rebuild =
        new SiteRebuild(json, terminal, clock, new SecureRandom(), home, cloud, this::say);
    CompletableFuture<SiteRebuild.Proof> proving = rebuild.run(lost);
    say("Clerks work again, department by department, while the rest is restored and proved.");
    List<CaseTraffic.Change> back = awaitService(traffic, departments, lost, proving);
    SiteRebuild.Proof proof = SiteRebuild.proved(proving);
    terminal.say(
        "   Everything is restored and proved %.1f s after the loss."
            .formatted(seconds(lost, proof.at())));
    say("What an auditor gets: the report, signed with the key that the three shares gave.");
    proof.words().lines().forEach(line -> terminal.say("   " + line));
    terminal.say("   " + proof.report().resolve("report.html"));
    watch(traffic, "Working");
    List<CaseTraffic.Change> gone = traffic.lost(acknowledged);
    return report(lost, back, acknowledged.size(), gone, traffic, proof);
  }

  private void say(String what) {
    terminal.say(terminal.paint(Terminal.Colour.BOLD, ++step + ". " + what));
  }

  private void watch(CaseTraffic traffic, String title) {
    int before = traffic.acknowledged();
    Instant began = clock.instant();
    try (ProgressBar bar = new ProgressBar(terminal, clock, "   " + title, "changes")) {
      double share = 0;
      while (share < 1) {
        Waiting.pause(Duration.ofMillis(200));
        share = Duration.between(began, clock.instant()).toMillis() / 1000.0 / seconds;
        bar.update(share, traffic.acknowledged() - before, "");
      }
    }
  }

  /** Until each department has worked again; what each one did first. */
  private List<CaseTraffic.Change> awaitService(
      CaseTraffic traffic,
      Set<String> departments,
      Instant lost,
      CompletableFuture<SiteRebuild.Proof> proving) {
    List<CaseTraffic.Change> back = List.of();
    Instant deadline = clock.instant().plus(SERVICE_PATIENCE);
    while (back.size() < departments.size()) {
      if (proving.isCompletedExceptionally()) {
        SiteRebuild.proved(proving);
      }
      List<CaseTraffic.Change> now = traffic.firstAfter(lost);
      now.stream().skip(back.size()).forEach(change -> sayBack(change, lost, proving.isDone()));
      if (now.size() > back.size() || !proving.isDone()) {
        deadline = clock.instant().plus(SERVICE_PATIENCE);
      }
      if (clock.instant().isAfter(deadline)) {
        throw notServing(departments.size() - now.size());
      }
      back = now;
      Waiting.pause(Duration.ofMillis(100));
    }
    return back;
  }

  private void sayBack(CaseTraffic.Change change, Instant lost, boolean isOver) {
    terminal.say(
        "   %-16s works again %.1f s after the loss%s"
            .formatted(
                change.department(),
                seconds(lost, change.at()),
                isOver ? "." : "; others are still restored."));
  }

  private static CommandFailure notServing(int departments) {
    return new CommandFailure(
        ExitCode.TIMEOUT,
        "NOT_SERVING",
        departments
            + " departments of the rebuilt cloud acknowledge nothing after "
            + SERVICE_PATIENCE.toSeconds()
            + " s; see `govcloud status`.");
  }

  private ExitCode report(
      Instant lost,
      List<CaseTraffic.Change> back,
      int acknowledged,
      List<CaseTraffic.Change> gone,
      CaseTraffic traffic,
      SiteRebuild.Proof proof) {
    double rpo =
        gone.stream()
            .map(CaseTraffic.Change::at)
            .min(Instant::compareTo)
            .map(first -> Math.max(0, seconds(first, lost)))
            .orElse(0.0);
    String words =
        gone.isEmpty()
            ? "Nothing that was acknowledged is lost."
            : "%d changes of the last %.1f s are lost, of %,d."
                .formatted(gone.size(), rpo, acknowledged);
    ObjectNode result = times(lost, back, proof);
    result.put("recovery_point_seconds", rpo);
    result.put("acknowledged_before", acknowledged);
    result.put("lost", gone.size());
    result.put("acknowledged_after", traffic.acknowledged() - acknowledged);
    result.set("proof", proof.found());
    result.put("report", proof.report().toString());
    result.put("in_words", words);
    terminal.say(
        terminal.paint(
            Terminal.Colour.GREEN,
            "The first department worked again %.0f s after the loss of the site, the last of the %d watched %.0f s; all was proved after %.0f s. %s"
                .formatted(
                    result.path("first_department_seconds").asDouble(),
                    back.size(),
                    result.path("last_department_seconds").asDouble(),
                    seconds(lost, proof.at()),
                    words)));
    show(result);
    return ExitCode.OK;
  }

  /** How long it took until each department worked, and until all was proved besides. */
  private ObjectNode times(Instant lost, List<CaseTraffic.Change> back, SiteRebuild.Proof proof) {
    ObjectNode times = json.createObjectNode();
    double last = seconds(lost, back.get(back.size() - 1).at());
    times.put("recovery_time_seconds", Math.max(last, seconds(lost, proof.at())));
    times.put("first_department", back.get(0).department());
    times.put("first_department_seconds", seconds(lost, back.get(0).at()));
    times.put("last_department", back.get(back.size() - 1).department());
    times.put("last_department_seconds", last);
    times.put("departments_watched", back.size());
    ObjectNode each = times.putObject("departments");
    back.forEach(change -> each.put(change.department(), seconds(lost, change.at())));
    return times;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  private void show(ObjectNode result) {
    new Output(terminal, output.format(), json)
        .one(
            result,
            List.of(
                Column.of("first department", "first_department"),
                Column.of("works again after, s", "first_department_seconds"),
                Column.of("departments watched", "departments_watched"),
                Column.of("last of these", "last_department"),
                Column.of("works again after, s", "last_department_seconds"),
                Column.of("all proved after, s", "recovery_time_seconds"),
                Column.of("recovery point, s", "recovery_point_seconds"),
                Column.of("changes before", "acknowledged_before"),
                Column.of("of these lost", "lost"),
                Column.of("changes after", "acknowledged_after")));
  }
}
