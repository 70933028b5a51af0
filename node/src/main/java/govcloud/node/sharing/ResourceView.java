package govcloud.node.sharing;

import govcloud.domain.Commit;
import govcloud.domain.sharing.ResourceEvent;
import govcloud.domain.sharing.ResourceState;
import govcloud.domain.sharing.ResourceState.Status;
import govcloud.domain.sharing.ResourceState.Version;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of resources: all by owner and identifier, those on offer also by word. */
public final class ResourceView implements View<ResourceRow> {

  /** Name of the view. */
  public static final String NAME = "resources";

  static final String ALL = "all";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "resource";
  }

  @Override
  public Class<ResourceRow> rowType() {
    return ResourceRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  @Override
  public ResourceRow after(
      Optional<ResourceRow> before, String entityId, long version, Commit<?> commit) {
    ResourceRow row = before.orElse(null);
    for (Object event : commit.events()) {
      row = after(row, version, (ResourceEvent) event);
    }
    return row;
  }

  private static ResourceRow after(ResourceRow row, long version, ResourceEvent event) {
    if (event instanceof ResourceEvent.Published e) {
      var newest = new Version(e.version(), e.content(), e.address(), e.at());
      return new ResourceRow(Status.PUBLISHED, newest, version, e.at());
    }
    return new ResourceRow(Status.WITHDRAWN, row.newest(), version, event.at());
  }

  @Override
  public List<Entry> entries(ResourceRow row, int slice) {
    var content = row.newest().content();
    var key = content.owner() + "/" + content.id();
    var entries = new ArrayList<Entry>();
    entries.add(new Entry(ofOwner(content.owner()), key));
    if (row.status() == ResourceState.Status.PUBLISHED) {
      entries.add(new Entry(ALL, key));
      SearchWords.of(SearchWords.text(content))
          .forEach(word -> entries.add(new Entry(ofWord(word), key)));
    }
    return entries;
  }

  static String ofOwner(String owner) {
    return "owner=" + owner;
  }

  static String ofWord(String word) {
    return "word=" + word;
  }

  @Override
  public List<String> countedAs(ResourceRow row) {
    return List.of(row.status().name().toLowerCase(Locale.ROOT));
  }
}
