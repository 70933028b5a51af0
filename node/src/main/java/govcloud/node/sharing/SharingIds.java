package govcloud.node.sharing;

/** Entity ids of what is shared. */
public final class SharingIds {

  private SharingIds() {}

  /** A resource of a department. */
  public static String resource(String owner, String resource) {
    return "resource/" + owner + "/" + resource;
  }

  /** What became of a message with which a department asked. */
  public static String exchange(String consumer, String exchange) {
    return "exchange/" + consumer + "/" + exchange;
  }

  /** An agreement that a department has applied for. */
  public static String agreement(String consumer, String agreement) {
    return "agreement/" + consumer + "/" + agreement;
  }
}
