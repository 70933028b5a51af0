package govcloud.recovery.progress;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.DisasterClass;

/**
 * How far one tenant is.
 *
 * @param tenant whose; empty: the cloud's own
 * @param name in both languages
 * @param disasterClass decides the order
 * @param records that it has
 * @param state how far it is
 * @param share of that state's work that is done, 0 to 1
 */
public record TenantProgress(
    String tenant,
    LocalText name,
    DisasterClass disasterClass,
    long records,
    TenantState state,
    double share) {}
