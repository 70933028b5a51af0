package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.sharing.CatalogueEntry;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.Item;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.ResourceEvent;
import govcloud.domain.sharing.Sensitivity;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import govcloud.protobuf.journal.v1.ResourceChange;
import govcloud.protobuf.journal.v1.ResourceCommit;
import govcloud.protobuf.journal.v1.ResourceContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Optional;

/** Journal form of {@link ResourceEvent}. */
public final class ResourceCodec extends ProtobufCommitCodec<ResourceEvent> {

  /** The codec of {@code resource/1}. */
  public ResourceCodec() {
    super("resource", 1, ResourceEvent.class);
  }

  @Override
  MessageLite write(Commit<ResourceEvent> commit) {
    var message = ResourceCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = change(event);
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<ResourceEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = ResourceCommit.parseFrom(payload);
    var events = new ArrayList<ResourceEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static ResourceChange.Builder change(ResourceEvent event) {
    var change = ResourceChange.newBuilder();
    if (event instanceof ResourceEvent.Published e) {
      change
          .getPublishedBuilder()
          .setVersion(e.version())
          .setContent(content(e.content()))
          .setAddress(e.address());
    } else if (event instanceof ResourceEvent.Withdrawn e) {
      change.getWithdrawnBuilder().setReason(e.reason());
    } else {
      throw formless(event);
    }
    return change;
  }

  private ResourceEvent event(ResourceChange change, Instant at) {
    return switch (change.getKindCase()) {
      case PUBLISHED ->
          new ResourceEvent.Published(
              change.getPublished().getVersion(),
              content(change.getPublished().getContent()),
              change.getPublished().getAddress(),
              at);
      case WITHDRAWN -> new ResourceEvent.Withdrawn(change.getWithdrawn().getReason(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static ResourceContent content(DataResource content) {
    var message =
        ResourceContent.newBuilder()
            .setOwner(content.owner())
            .setId(content.id())
            .setTitle(text(content.title()))
            .setSummary(text(content.summary()))
            .setCategory(content.category())
            .setSharing(word(content.sharing()))
            .setSharingBasis(content.sharingBasis())
            .setUpdates(word(content.updates()))
            .setProviderKind(word(content.provider().kind()))
            .setProviderApp(content.provider().app())
            .setProviderAddress(content.provider().address());
    content.modes().forEach(mode -> message.addModes(word(mode)));
    content.items().forEach(item -> message.addItems(item(item)));
    content.subject().ifPresent(message::setSubject);
    if (!content.catalogue().equals(CatalogueEntry.NONE)) {
      message.setCatalogue(catalogue(content.catalogue()));
    }
    return message.build();
  }

  private static ResourceContent.Item item(Item item) {
    return ResourceContent.Item.newBuilder()
        .setName(item.name())
        .setType(word(item.type()))
        .setSensitivity(word(item.sensitivity()))
        .setTitle(text(item.title()))
        .setKey(item.key())
        .setLength(item.length())
        .setElement(item.element())
        .build();
  }

  private static ResourceContent.Catalogue catalogue(CatalogueEntry entry) {
    var message =
        ResourceContent.Catalogue.newBuilder()
            .setCode(entry.code())
            .addAllRelated(entry.related())
            .setContact(entry.contact());
    entry.format().ifPresent(format -> message.setFormat(word(format)));
    entry.opening().ifPresent(opening -> message.setOpening(word(opening)));
    entry
        .quality()
        .forEach(
            (indicator, percent) ->
                message.addQualityBuilder().setIndicator(word(indicator)).setPercent(percent));
    entry.availability().ifPresent(message::setAvailability);
    entry.answerMillis().ifPresent(message::setAnswerMillis);
    return message.build();
  }

  private DataResource content(ResourceContent message) {
    return new DataResource(
        message.getOwner(),
        message.getId(),
        text(message.getTitle()),
        text(message.getSummary()),
        message.getCategory(),
        constant(SharingClass.class, message.getSharing()),
        message.getSharingBasis(),
        message.getModesList().stream().map(mode -> constant(Mode.class, mode)).toList(),
        constant(UpdateCycle.class, message.getUpdates()),
        message.getItemsList().stream().map(this::item).toList(),
        message.hasSubject() ? Optional.of(message.getSubject()) : Optional.empty(),
        new Provider(
            constant(Provider.Kind.class, message.getProviderKind()),
            message.getProviderApp(),
            message.getProviderAddress()),
        message.hasCatalogue() ? entry(message.getCatalogue()) : CatalogueEntry.NONE);
  }

  private CatalogueEntry entry(ResourceContent.Catalogue message) {
    var quality = new HashMap<CatalogueEntry.Quality, Integer>();
    message
        .getQualityList()
        .forEach(
            one ->
                quality.put(
                    constant(CatalogueEntry.Quality.class, one.getIndicator()), one.getPercent()));
    return new CatalogueEntry(
        message.getCode(),
        message.hasFormat()
            ? Optional.of(constant(CatalogueEntry.Format.class, message.getFormat()))
            : Optional.empty(),
        message.hasOpening()
            ? Optional.of(constant(CatalogueEntry.Opening.class, message.getOpening()))
            : Optional.empty(),
        message.getRelatedList(),
        quality,
        message.hasAvailability() ? Optional.of(message.getAvailability()) : Optional.empty(),
        message.hasAnswerMillis() ? Optional.of(message.getAnswerMillis()) : Optional.empty(),
        message.getContact());
  }

  private Item item(ResourceContent.Item item) {
    return new Item(
        item.getName(),
        constant(ItemType.class, item.getType()),
        constant(Sensitivity.class, item.getSensitivity()),
        text(item.getTitle()),
        item.getKey(),
        item.getLength(),
        item.getElement());
  }
}
