package govcloud.node.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where a value stands; it opens nowhere else. */
final class Place {

  private Place() {}

  static byte[] of(String entityId, String place) {
    return ("govcloud personal v1\0" + entityId + "\0" + place).getBytes(UTF_8);
  }
}
