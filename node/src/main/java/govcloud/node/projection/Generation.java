package govcloud.node.projection;

/**
 * One building of a view: its tables from the first record on.
 *
 * @param view name of the view
 * @param number counts from 1
 */
public record Generation(String view, int number) {

  /** The first generation, and the only one of what is never built again. */
  public static final int FIRST = 1;

  /** Name of its projection, under which offsets and parked streams are kept. */
  public String projection() {
    return key(view);
  }

  /** A scope, list or name as the tables of this generation have it. */
  String key(String name) {
    return number == FIRST ? name : number + "@" + name;
  }

  /** Whether a key in a table belongs to this generation; no name of ours has an @. */
  boolean owns(String key) {
    int at = key.indexOf('@');
    return number == FIRST ? at < 0 : key.startsWith(number + "@");
  }
}
