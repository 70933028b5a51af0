package govcloud.faultlab.checker;

/**
 * A row of the table {@code usage_events}.
 *
 * @param tenant who used it
 * @param day of UTC, such as {@code 2026-11-24}
 * @param hour of the day
 * @param slice whose records are counted
 * @param events how many
 * @param bytes of the records
 */
public record UsageRow(String tenant, String day, int hour, int slice, long events, long bytes) {}
