package govcloud.recovery.drill;

import java.time.Duration;

/**
 * One thing that somebody in a department does, tried on the restored cloud.
 *
 * @param tenant whose
 * @param app of which app; empty: of the department itself
 * @param step what was done
 * @param passed whether it worked
 * @param detail what came of it
 * @param took how long
 */
public record SmokeStep(
    String tenant, String app, String step, boolean passed, String detail, Duration took) {}
