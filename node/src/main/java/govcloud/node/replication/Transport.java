package govcloud.node.replication;

import java.util.Arrays;
import java.util.stream.Collectors;

/** By which way files get to the sibling and answers come back. */
public enum Transport {
  /** One request for each file, with mutual TLS. */
  HTTPS("https"),
  /** Files in folders, which gateways carry over. */
  FILE_DROP("file-drop");

  private final String text;

  Transport(String text) {
    this.text = text;
  }

  /** As in the configuration and in answers. */
  public String text() {
    return text;
  }

  /** The one of this text. */
  static Transport of(String text) {
    return Arrays.stream(values())
        .filter(one -> one.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "govcloud.replication.transport: "
                        + text
                        + " (expected: "
                        + Arrays.stream(values())
                            .map(Transport::text)
                            .collect(Collectors.joining(" or "))
                        + ")"));
  }
}
