package govcloud.recovery.salvage;

/**
 * A tenant that damage touches.
 *
 * @param tenant hexadecimal pseudonym, as the format calls tenants to whoever has no keys
 * @param damaged records of its in segments that are damaged
 * @param behind records of its in right segments that lie behind a damaged one of their slice
 */
public record TouchedTenant(String tenant, long damaged, long behind) {}
