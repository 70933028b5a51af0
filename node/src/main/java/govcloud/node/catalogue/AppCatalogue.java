package govcloud.node.catalogue;

import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.GovernmentCalendar;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** The apps of a folder, read once and without a mistake. */
public final class AppCatalogue implements Catalogue {

  private final Map<String, NavigableMap<Integer, AppDefinition>> apps;
  private final GovernmentCalendar calendar;

  private AppCatalogue(
      Map<String, NavigableMap<Integer, AppDefinition>> apps, GovernmentCalendar calendar) {
    this.apps = apps;
    this.calendar = calendar;
  }

  /**
   * Reads every app and the calendar.
   *
   * @throws CatalogueException with every mistake in the folder, if there is any
   */
  public static AppCatalogue load(CatalogueSettings settings) {
    var mistakes = new Mistakes();
    var root = settings.folder().toAbsolutePath().normalize();
    var guards = new GuardCompiler(settings.cloudKind().word());
    var apps = new AppFolderReader(root, guards, mistakes).read();
    var file = root.resolve(AppFolderReader.CALENDARS).resolve(settings.calendar() + ".yaml");
    var calendar =
        new CalendarReader(new SourceReader(root, mistakes), mistakes)
            .read(file, settings.timeZone());
    mistakes.throwIfAny();
    return new AppCatalogue(apps, calendar);
  }

  @Override
  public Optional<AppDefinition> find(String name, int version) {
    return Optional.ofNullable(apps.get(name)).map(versions -> versions.get(version));
  }

  @Override
  public Optional<AppDefinition> newest(String name) {
    return Optional.ofNullable(apps.get(name)).map(versions -> versions.lastEntry().getValue());
  }

  @Override
  public List<AppDefinition> all() {
    return apps.values().stream().flatMap(versions -> versions.values().stream()).toList();
  }

  @Override
  public GovernmentCalendar calendar() {
    return calendar;
  }
}
