package govcloud.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Says where in which file a setting is wrong. */
final class SettingsCheck {

  /** The part of the configuration that is ours. */
  static final String ROOT = "govcloud";

  private static final Pattern KEY = Pattern.compile(ROOT + "(\\.[a-z0-9-]+)+");

  private final Config config;

  SettingsCheck(Config config) {
    this.config = config;
  }

  /** Fails on a key under {@code govcloud} that no reference.conf has. */
  void requireKnownKeys() {
    var known = ConfigFactory.defaultReferenceUnresolved();
    for (var entry : config.getConfig(ROOT).entrySet()) {
      var key = ROOT + "." + entry.getKey();
      if (!known.hasPathOrNull(key) && !isSystemProperty(entry.getValue())) {
        throw new SettingsException(
            entry.getValue().origin().description()
                + ": "
                + key
                + ": "
                + entry.getValue().unwrapped()
                + " (expected: a known key; all are listed in reference.conf)",
            null);
      }
    }
  }

  /** Programs beside the node, such as tests, have properties of their own under our name. */
  private static boolean isSystemProperty(ConfigValue value) {
    return value.origin().description().startsWith("system properties");
  }

  /** What {@code reading} gives; its mistakes are told with file and line. */
  <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      throw new SettingsException(told(e), e);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(located(e.getMessage()), e);
    }
  }

  /** The configuration library names file and line, but not the whole key nor the value. */
  private String told(ConfigException problem) {
    if (problem.origin() == null) {
      return problem.getMessage();
    }
    var place = problem.origin().description();
    for (var entry : config.getConfig(ROOT).entrySet()) {
      var value = entry.getValue();
      if (value.origin().description().equals(place)) {
        return place
            + ": "
            + ROOT
            + "."
            + entry.getKey()
            + ": "
            + value.unwrapped()
            + " ("
            + problem.getMessage()
            + ")";
      }
    }
    return problem.getMessage();
  }

  /** The sentence with file and line of the key that it begins with. */
  String located(String message) {
    var key = KEY.matcher(message);
    return key.lookingAt() && config.hasPath(key.group())
        ? config.getValue(key.group()).origin().description() + ": " + message
        : message;
  }
}
