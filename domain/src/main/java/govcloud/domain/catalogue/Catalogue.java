package govcloud.domain.catalogue;

import java.util.List;
import java.util.Optional;

/** The definitions of apps that this cloud offers. */
public interface Catalogue {

  /** One version of an app. */
  Optional<AppDefinition> find(String name, int version);

  /** The newest version of an app. */
  Optional<AppDefinition> newest(String name);

  /** Every version of every app, by name and version. */
  List<AppDefinition> all();

  /** The calendar that clocks run by. */
  WorkingCalendar calendar();
}
