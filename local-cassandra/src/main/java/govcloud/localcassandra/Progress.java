package govcloud.localcassandra;

import java.time.Duration;

/** How far a start has come: the time since it began and what Cassandra does now. */
public record Progress(Duration elapsed, String activity) {}
