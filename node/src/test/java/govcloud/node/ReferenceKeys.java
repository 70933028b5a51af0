package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What every settings record must hold to: each key of reference.conf is mapped and explained. */
public final class ReferenceKeys {

  private ReferenceKeys() {}

  /** The configuration that a program without any file has. */
  public static Config reference() {
    return ConfigFactory.defaultReference();
  }

  /** Fails unless the components of {@code settings} but {@code others} are the keys of a path. */
  public static void requireMappedAndExplained(
      String path, Class<? extends Record> settings, String... others) {
    var config = ConfigFactory.parseResources("reference.conf").getConfig(path);
    var components =
        Arrays.stream(settings.getRecordComponents())
            .map(RecordComponent::getName)
            .map(ReferenceKeys::kebab)
            .collect(Collectors.toCollection(TreeSet::new));
    components.removeAll(Set.of(others));
    assertThat(new TreeSet<>(config.root().keySet())).isEqualTo(components);
    config
        .root()
        .forEach((key, value) -> assertThat(value.origin().comments()).as(key).isNotEmpty());
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
