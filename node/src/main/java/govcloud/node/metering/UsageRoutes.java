package govcloud.node.metering;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.ToLongFunction;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What a department used, over HTTP. */
public final class UsageRoutes {

  private static final Duration USUAL = Duration.ofDays(1);

  private final Commands commands;
  private final UsageTable table;
  private final Quotas quotas;
  private final Clock clock;

  public UsageRoutes(Commands commands, UsageTable table, Quotas quotas, Clock clock) {
    this.commands = commands;
    this.table = table;
    this.quotas = quotas;
    this.clock = clock;
  }

  /** Adds the operation. */
  public void register(Routes routes) {
    routes.on("getUsage", this::read);
  }

  private CompletionStage<HttpResponse> read(Call call) {
    var tenant = call.path("tenant");
    var to = call.instant("to").orElseGet(clock::instant);
    var from = call.instant("from").orElse(to.minus(USUAL));
    return commands
        .<govcloud.domain.tenant.TenantState>read("tenant/" + tenant)
        .thenCompose(
            answer ->
                hours(tenant, from, to)
                    .thenCombine(
                        quotas.of(tenant),
                        (hours, facts) ->
                            new Fields()
                                .with("tenant", tenant)
                                .with("from", from)
                                .with("to", to)
                                .with("items", hours.stream().map(UsageRoutes::shape).toList())
                                .with("totals", totals(hours, facts))
                                .with("limits", answer.state().quotas())
                                .map()))
        .thenApply(Replies::ok);
  }

  private CompletionStage<List<UsageTable.Hour>> hours(String tenant, Instant from, Instant to) {
    try {
      return table.hours(tenant, from, to);
    } catch (IllegalArgumentException e) {
      throw Problem.of(BorderCode.PARAMETER_MALFORMED, e.getMessage()).asException();
    }
  }

  private static Map<String, Object> shape(UsageTable.Hour hour) {
    return new Fields()
        .with("at", hour.at())
        .with("requests", hour.requests())
        .with("refused_requests", hour.refused())
        .with("events", hour.events())
        .with("stored_bytes", hour.storedBytes())
        .map();
  }

  private static Map<String, Object> totals(List<UsageTable.Hour> hours, Quotas.QuotaFacts facts) {
    return new Fields()
        .with("requests", sum(hours, UsageTable.Hour::requests))
        .with("refused_requests", sum(hours, UsageTable.Hour::refused))
        .with("events", sum(hours, UsageTable.Hour::events))
        .with("stored_bytes", sum(hours, UsageTable.Hour::storedBytes))
        .with("active_cases", facts.activeCases())
        .with("app_instances", facts.appInstances())
        .map();
  }

  private static long sum(List<UsageTable.Hour> hours, ToLongFunction<UsageTable.Hour> of) {
    return hours.stream().mapToLong(of).sum();
  }
}
