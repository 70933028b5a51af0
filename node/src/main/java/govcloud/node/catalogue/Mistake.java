package govcloud.node.catalogue;

/**
 * One thing that is wrong with the catalogue.
 *
 * @param file relative to the folder of apps
 * @param line counts from 1; 0 if the mistake is about the file as a whole
 * @param column counts from 1; 0 if the mistake is about the file as a whole
 * @param reason names value and expectation
 */
public record Mistake(MistakeCode code, String file, int line, int column, String reason) {

  @Override
  public String toString() {
    var place = line == 0 ? file : file + ":" + line + ":" + column;
    return place + ": " + code + ": " + reason;
  }
}
