package govcloud.node.projection;

/** The parts of entity ids such as {@code case/harbour/permits/c-17}. */
public final class EntityIds {

  private EntityIds() {}

  /**
   * One part, counted from 0, the type.
   *
   * @throws IllegalArgumentException when the id has fewer
   */
  public static String part(String entityId, int number) {
    String[] parts = entityId.split("/", -1);
    if (number >= parts.length) {
      throw new IllegalArgumentException(
          "entity id: " + entityId + " (expected: more than " + number + " parts)");
    }
    return parts[number];
  }
}
