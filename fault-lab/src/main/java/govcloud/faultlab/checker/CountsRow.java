package govcloud.faultlab.checker;

/**
 * Numbers of cases by name, as one table has them.
 *
 * @param table {@code view_counts} or {@code case_rows}, which has them as well
 * @param slice of the cases
 * @param scope their tenant
 * @param counts JSON
 */
public record CountsRow(String table, int slice, String scope, String counts) {}
