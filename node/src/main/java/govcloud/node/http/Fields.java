package govcloud.node.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Members of a JSON object in the order in which they are added; what is absent is left out. */
public final class Fields {

  private final Map<String, Object> members = new LinkedHashMap<>();

  /** Adds a member, whatever its value. */
  public Fields with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  /** Adds a member unless its value is null, an empty string or an empty optional. */
  public Fields maybe(String name, Object value) {
    var present = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (present != null && !present.equals("")) {
      members.put(name, present);
    }
    return this;
  }

  /** The members. */
  public Map<String, Object> map() {
    return members;
  }
}
