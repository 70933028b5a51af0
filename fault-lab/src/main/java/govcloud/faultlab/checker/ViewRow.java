package govcloud.faultlab.checker;

/**
 * A row of the table {@code case_rows}: what lists show of a case.
 *
 * @param scope partition, with the slice
 * @param slice partition, with the scope
 * @param id whole entity id
 * @param version the entity's version that the row reflects
 * @param body the row as the projection wrote it
 */
public record ViewRow(String scope, int slice, String id, long version, String body) {}
