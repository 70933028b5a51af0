package govcloud.node.exchange.crossing;

/**
 * How far bundles have come.
 *
 * @param stream in which they are numbered from 1 on; empty: none
 * @param number of the last one; 0: none
 * @param hash of the last one; empty: none
 */
record Position(String stream, long number, String hash) {

  /** Before the first bundle of a stream. */
  static Position before(String stream) {
    return new Position(stream, 0, "");
  }
}
