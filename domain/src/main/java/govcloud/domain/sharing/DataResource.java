package govcloud.domain.sharing;

import govcloud.domain.Refusal;
import govcloud.domain.catalogue.LocalText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One version of a data resource as its owner publishes it. A published version never changes.
 *
 * @param owner the department that answers for the data
 * @param id unique in the department
 * @param category where it stands in the catalogue, such as {@code transport/violations}
 * @param sharingBasis the condition, or for one that is not shared the law; else an empty string
 * @param modes how it can be had; none if it is not shared
 * @param items in the order in which people read them
 * @param subject name of the item that tells whom or what a record is about, if it is about anybody
 * @param catalogue what else catalogues say of it
 */
public record DataResource(
    String owner,
    String id,
    LocalText title,
    LocalText summary,
    String category,
    SharingClass sharing,
    String sharingBasis,
    List<Mode> modes,
    UpdateCycle updates,
    List<Item> items,
    Optional<String> subject,
    Provider provider,
    CatalogueEntry catalogue) {

  /** The most items of one resource. */
  public static final int MOST_ITEMS = 200;

  public DataResource {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(sharing, "sharing");
    Objects.requireNonNull(sharingBasis, "sharingBasis");
    modes = List.copyOf(modes);
    Objects.requireNonNull(updates, "updates");
    items = List.copyOf(items);
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(provider, "provider");
    // rows of versions before have none
    catalogue = catalogue == null ? CatalogueEntry.NONE : catalogue;
  }

  /** The item of a name, if there is one. */
  public Optional<Item> item(String name) {
    return items.stream().filter(item -> item.name().equals(name)).findFirst();
  }

  /** What is wrong with it, each with its place; nothing if it may be published. */
  public List<Refusal> faults() {
    var faults = new Faults(ResourceRefusal.RESOURCE_INVALID);
    faults.identifier("/owner", owner);
    faults.identifier("/id", id);
    faults.text("/title", title, Faults.LONGEST_TITLE);
    faults.text("/summary", summary, Faults.LONGEST_TEXT);
    faults.text("/category", category, Faults.LONGEST_TITLE);
    checkSharing(faults);
    checkItems(faults);
    provider.check("/provider", faults);
    catalogue.check("/catalogue", this, faults);
    return faults.found();
  }

  private void checkSharing(Faults faults) {
    if (sharing == SharingClass.UNCONDITIONAL) {
      faults.require(
          sharingBasis.isEmpty(),
          "/sharing_basis",
          Faults.quoted(sharingBasis),
          "none, for it is shared without condition");
    } else {
      faults.text("/sharing_basis", sharingBasis, Faults.LONGEST_TEXT);
    }
    var shared = sharing != SharingClass.NOT_SHARED;
    faults.require(
        shared != modes.isEmpty(), "/modes", modes, shared ? "at least one" : "none, not shared");
    faults.require(new HashSet<>(modes).size() == modes.size(), "/modes", modes, "each only once");
    var fromFile = provider.kind() == Provider.Kind.FILE;
    faults.require(
        fromFile ? modes.stream().allMatch(Mode::isWhole) : !modes.contains(Mode.FILE),
        "/modes",
        modes,
        fromFile ? "file and batch alone, from a file" : "file from a provider that is a file");
    checkService(faults);
  }

  /** A service is asked about somebody, and neither tells of changes nor gives everything. */
  private void checkService(Faults faults) {
    if (provider.kind() == Provider.Kind.HTTP) {
      faults.require(
          modes.stream().allMatch(mode -> mode == Mode.QUERY || mode == Mode.PREDICATE),
          "/modes",
          modes,
          "query and predicate alone, from a service");
      faults.require(subject.isPresent(), "/subject", "none", "one, by which the service is asked");
    }
  }

  private void checkItems(Faults faults) {
    faults.size("/items", items, 1, MOST_ITEMS);
    var names = new HashSet<String>();
    for (var i = 0; i < items.size(); i++) {
      var at = "/items/" + i;
      items.get(i).check(at, faults);
      var name = items.get(i).name();
      faults.require(names.add(name), at + "/name", Faults.quoted(name), "a name only once");
    }
    subject.ifPresent(
        name ->
            faults.require(
                names.contains(name), "/subject", Faults.quoted(name), "the name of an item"));
    var byKey = modes.contains(Mode.QUERY) || modes.contains(Mode.PREDICATE);
    faults.require(
        !byKey || items.stream().anyMatch(Item::key), "/items", "no key", "at least one key");
  }

  /**
   * Why it may not follow {@code before} under the same identifier: consumers rely on what was
   * published, so that items may be added and never removed, given another type or longer texts.
   */
  public List<Refusal> breaks(DataResource before) {
    var faults = new Faults(ResourceRefusal.RESOURCE_INCOMPATIBLE);
    for (var old : before.items()) {
      var found = item(old.name());
      if (found.isEmpty()) {
        faults.require(false, "/items", "no " + old.name(), "every item of the version before");
        continue;
      }
      var at = "/items/" + items.indexOf(found.get());
      faults.require(
          found.get().type() == old.type(),
          at + "/type",
          Words.of(found.get().type()) + " of " + old.name(),
          Words.of(old.type()) + ", as in the version before");
      faults.require(
          found.get().key() || !old.key(),
          at + "/key",
          "false of " + old.name(),
          "true, as in the version before");
      faults.require(
          old.length() == 0 || (found.get().length() > 0 && found.get().length() <= old.length()),
          at + "/length",
          found.get().length() + " of " + old.name(),
          "at most " + old.length() + ", as in the version before");
    }
    return faults.found();
  }

  /** The resource as a document: maps, lists, texts, numbers and truth values. */
  public Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("owner", owner);
    document.put("id", id);
    document.put("title", Words.of(title));
    document.put("summary", Words.of(summary));
    document.put("category", category);
    document.put("sharing", Words.of(sharing));
    document.put("sharing_basis", sharingBasis);
    document.put("modes", modes.stream().map(Words::of).toList());
    document.put("updates", Words.of(updates));
    document.put("items", items.stream().map(Item::document).toList());
    subject.ifPresent(name -> document.put("subject", name));
    document.put("provider", provider.document());
    if (!catalogue.equals(CatalogueEntry.NONE)) {
      document.put("catalogue", catalogue.document());
    }
    return document;
  }

  /** Canonical bytes of the document. */
  public byte[] canonicalBytes() {
    return CanonicalJson.bytes(document());
  }

  /** What names the version by its content. */
  public String address() {
    return CanonicalJson.address(document());
  }
}
