package govcloud.cli.xes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Logs of every shape that XES allows, the same ones for the same seed. */
final class GeneratedLogs {
  private static final String[] WORDS = {
    "Confirmation of receipt",
    "受理",
    "a<b&\"c\"'d'",
    "line\nbreak\ttab",
    "",
    " padded ",
    "é𝄞",
    "int:5",
    "tree:[]"
  };

  private final Random random;

  GeneratedLogs(long seed) {
    this.random = new Random(seed);
  }

  List<XesTrace> traces(int count) {
    List<XesTrace> traces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<XesAttribute> attributes = attributes(0);
      attributes.add(XesAttribute.string(XesTrace.NAME, word() + " " + i));
      List<XesTrace.Event> events = new ArrayList<>();
      for (int e = random.nextInt(6); e > 0; e--) {
        events.add(event());
      }
      traces.add(new XesTrace(i, attributes, events));
    }
    return traces;
  }

  private XesTrace.Event event() {
    List<XesAttribute> attributes = attributes(0);
    if (random.nextInt(10) > 0) {
      attributes.add(XesAttribute.string(XesTrace.NAME, random.nextBoolean() ? "Begin" : word()));
    }
    if (random.nextInt(10) > 0) {
      attributes.add(XesAttribute.date(XesTrace.TIME, date()));
    }
    if (random.nextBoolean()) {
      attributes.add(XesAttribute.string(XesTrace.RESOURCE, word()));
    }
    return new XesTrace.Event(attributes);
  }

  private List<XesAttribute> attributes(int depth) {
    List<XesAttribute> attributes = new ArrayList<>();
    for (int i = random.nextInt(depth == 0 && random.nextInt(40) == 0 ? 400 : 5); i > 0; i--) {
      attributes.add(attribute(depth));
    }
    return attributes;
  }

  private XesAttribute attribute(int depth) {
    XesAttribute.Type[] types = XesAttribute.Type.values();
    XesAttribute.Type type = types[random.nextInt(types.length)];
    boolean nested = depth < 3 && random.nextInt(4) == 0;
    List<XesAttribute> children = nested ? attributes(depth + 1) : List.of();
    List<XesAttribute> values =
        type == XesAttribute.Type.LIST && depth < 3 ? attributes(depth + 1) : List.of();
    return new XesAttribute(type, key(), value(type), children, values);
  }

  private String key() {
    String[] keys = {"org:group", "govcloud:index", "govcloud:", "部门", "k ey", "a/b~c"};
    return random.nextInt(4) == 0 ? keys[random.nextInt(keys.length)] : "key" + random.nextInt(900);
  }

  private String value(XesAttribute.Type type) {
    return switch (type) {
      case STRING, ID -> word();
      case DATE -> date();
      case INT -> String.valueOf(random.nextLong());
      case FLOAT -> random.nextBoolean() ? "1.50" : "-2.3832541524E7";
      case BOOLEAN -> random.nextBoolean() ? "true" : "0";
      case LIST, CONTAINER -> "";
    };
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private String date() {
    String[] zones = {"+02:00", "Z", "+08:00", ""};
    return "20"
        + (10 + random.nextInt(15))
        + "-03-27T02:1"
        + random.nextInt(10)
        + ":00.120"
        + zones[random.nextInt(zones.length)];
  }
}
