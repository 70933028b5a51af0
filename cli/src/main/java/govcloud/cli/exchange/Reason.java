package govcloud.cli.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Because of what somebody asks, as the gateway wants to hear it. */
final class Reason {
  private Reason() {}

  /**
   * Puts it into what is asked.
   *
   * @param cited application and case as {@code APP/CASE}; null: because of no case
   * @param subject document number of whom it is about; null: of nobody in particular
   */
  static void put(ObjectNode body, String cited, String subject) {
    if (cited != null) {
      String[] parts = (cited + "/").split("/", 3);
      body.putObject("case").put("app", parts[0]).put("case", parts[1]);
    }
    if (subject != null) {
      body.putObject("subject").put("number", subject);
    }
  }
}
