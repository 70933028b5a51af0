package govcloud.domain.casework;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came with a case or an event and the process does not know, kept word for word.
 *
 * <p>Values are typed strings, type first: {@code string:abc}, {@code
 * date:2011-10-11T13:45:40.276+02:00}, {@code int:12}, {@code float:1.5}, {@code boolean:true},
 * {@code id:...}. The domain keeps them and their order and never looks inside.
 */
final class Attributes {

  private Attributes() {}

  static Map<String, String> copy(Map<String, String> attributes) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
