package govcloud.node.replication;

import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.TenantState;
import govcloud.node.app.RunningApps;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.tenant.ActiveTenants;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The disaster class of a change: that of its app instance, or else of its department, or else
 * continuous; raised by a header of the request. Departments and apps are looked at where every
 * change looks at them anyway, so that the answer costs two look-ups in memory and is at most two
 * seconds old.
 */
final class DisasterClasses {

  /** Raises the class of one change. */
  static final String HEADER = "Govcloud-Disaster-Class";

  private final ActiveTenants tenants;
  private final RunningApps apps;

  DisasterClasses(ActiveTenants tenants, RunningApps apps) {
    this.tenants = tenants;
    this.apps = apps;
  }

  /** The class of a change; fails with a problem when the request wants a lower one. */
  CompletionStage<DisasterClass> of(Call call) {
    var wanted =
        call.parameter(HEADER.toLowerCase(Locale.ROOT))
            .map(word -> DisasterClass.valueOf(word.toUpperCase(Locale.ROOT)));
    return present(call).thenApply(present -> raised(present, wanted));
  }

  private CompletionStage<DisasterClass> present(Call call) {
    return call.parameter("tenant")
        .map(tenant -> of(tenant, call.parameter("app").orElse("")))
        .orElseGet(() -> CompletableFuture.completedStage(DisasterClass.CONTINUOUS));
  }

  /**
   * The class of an app instance, or of its department.
   *
   * @param app empty: only the department
   */
  CompletionStage<DisasterClass> of(String tenant, String app) {
    var department = tenants.look(tenant).thenApply(TenantState::disasterClass);
    return app.isEmpty()
        ? department
        : department.thenCombine(
            apps.look(tenant, app), (its, state) -> state.disasterClass().orElse(its));
  }

  private static DisasterClass raised(DisasterClass present, Optional<DisasterClass> wanted) {
    if (wanted.isPresent() && wanted.get().compareTo(present) < 0) {
      throw Problem.of(
              BorderCode.DISASTER_CLASS_TOO_LOW,
              "%s: %s (expected: %s, or none)"
                  .formatted(HEADER, word(wanted.get()), atLeast(present)))
          .asException();
    }
    return wanted.orElse(present);
  }

  private static String atLeast(DisasterClass present) {
    return present == DisasterClass.ZERO_LOSS ? word(present) : "at least " + word(present);
  }

  private static String word(DisasterClass disasterClass) {
    return disasterClass.name().toLowerCase(Locale.ROOT);
  }
}
