package govcloud.node.replication.drill;

/**
 * When drills are due, as {@code govcloud drill schedule} wrote it beside their reports.
 *
 * @param time of each day, such as {@code 01:00}
 * @param zone whose time
 * @param sampleSlices slices in the sample of a night
 * @param everythingOn day of the week on which everything is drilled, such as {@code sunday}
 * @param askedBy who asked for all of them
 * @param approvedBy who approved all of them
 */
public record DrillPlan(
    String time,
    String zone,
    int sampleSlices,
    String everythingOn,
    String askedBy,
    String approvedBy) {}
