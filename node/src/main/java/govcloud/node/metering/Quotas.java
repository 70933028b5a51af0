package govcloud.node.metering;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.node.app.AppTable;
import govcloud.node.casework.CaseTable;
import govcloud.node.tenant.TenantRow;
import govcloud.node.tenant.TenantTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What departments may use and use now; at most two seconds old. */
public final class Quotas {

  private static final Duration AGE = Duration.ofSeconds(2);
  private static final int TENANTS = 10_000;

  private final AsyncLoadingCache<String, QuotaFacts> facts;

  public Quotas(TenantTable tenants, AppTable apps, CaseTable cases) {
    this.facts =
        Caffeine.newBuilder()
            .expireAfterWrite(AGE)
            .maximumSize(TENANTS)
            .buildAsync((tenant, executor) -> read(tenants, apps, cases, tenant));
  }

  /**
   * The facts of a department; one that the read model does not know has no limits and no use.
   *
   * @return fails with the driver's exceptions when Cassandra does not answer
   */
  public CompletionStage<QuotaFacts> of(String tenant) {
    return facts.get(tenant);
  }

  private static CompletableFuture<QuotaFacts> read(
      TenantTable tenants, AppTable apps, CaseTable cases, String tenant) {
    return tenants
        .find(tenant)
        .thenCombine(
            apps.rented(tenant).thenCombine(cases.active(tenant), Use::new),
            (row, use) -> new QuotaFacts(row.map(TenantRow::quotas), use.apps(), use.cases(), row))
        .toCompletableFuture();
  }

  private record Use(long apps, long cases) {}

  /**
   * Limits and use of a department.
   *
   * @param limits empty if the department is not known
   * @param appInstances apps that it rents
   * @param activeCases its cases that are not finished
   * @param tenant its row
   */
  public record QuotaFacts(
      Optional<govcloud.domain.tenant.Quotas> limits,
      long appInstances,
      long activeCases,
      Optional<TenantRow> tenant) {

    /** Whether another app would be within the limits. */
    public boolean allowsApp() {
      return limits.filter(most -> appInstances >= most.appInstances()).isEmpty();
    }

    /** Whether another case would be within the limits. */
    public boolean allowsCase() {
      return limits.filter(most -> activeCases >= most.activeCases()).isEmpty();
    }
  }
}
