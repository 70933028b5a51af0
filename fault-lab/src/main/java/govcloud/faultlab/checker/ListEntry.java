package govcloud.faultlab.checker;

/**
 * A row of the table {@code case_index}.
 *
 * @param list which list
 * @param key where in the list
 * @param id whole entity id
 */
public record ListEntry(String list, String key, String id) {}
