package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Timestamp;
import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.DisasterClass;
import govcloud.protobuf.journal.v1.Attribute;
import govcloud.protobuf.journal.v1.CommitHeader;
import govcloud.protobuf.journal.v1.TenantDisasterClass;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the codecs of all aggregates have in common: the header of a commit, times, and what happens
 * to bytes that cannot be read. An event carries a time of its own only where it differs from its
 * commit's.
 */
abstract class ProtobufCommitCodec<E> implements CommitCodec<E> {

  private final String aggregateType;
  private final int schemaVersion;
  private final Class<E> eventType;

  ProtobufCommitCodec(String aggregateType, int schemaVersion, Class<E> eventType) {
    this.aggregateType = aggregateType;
    this.schemaVersion = schemaVersion;
    this.eventType = eventType;
  }

  /** The commit as a message. */
  abstract MessageLite write(Commit<E> commit);

  /** The commit in a message's bytes. */
  abstract Commit<E> read(byte[] payload) throws InvalidProtocolBufferException;

  @Override
  public final String manifest() {
    return aggregateType + "/1";
  }

  @Override
  public final int schemaVersion() {
    return schemaVersion;
  }

  @Override
  public final String aggregateType() {
    return aggregateType;
  }

  @Override
  public final Class<E> eventType() {
    return eventType;
  }

  @Override
  public final byte[] encode(Commit<E> commit) {
    return write(commit).toByteArray();
  }

  @Override
  public final Commit<E> decode(byte[] payload) {
    try {
      return read(payload);
    } catch (InvalidProtocolBufferException | DateTimeException | IllegalArgumentException e) {
      throw new CodecException(
          CodecException.Code.PAYLOAD_DAMAGED,
          manifest(),
          "payload: "
              + payload.length
              + " bytes (expected: a commit of "
              + manifest()
              + "): "
              + e.getMessage(),
          e);
    }
  }

  static CommitHeader header(Commit<?> commit) {
    return CommitHeader.newBuilder()
        .setAt(timestamp(commit.at()))
        .setPerson(commit.actor().person())
        .setRole(commit.actor().role())
        .setIdempotencyKey(commit.idempotencyKey())
        .setRequestHash(commit.requestHash())
        .setAccount(commit.actor().account())
        .build();
  }

  static <E> Commit<E> commit(CommitHeader header, List<E> events) {
    return new Commit<>(
        instant(header.getAt()),
        new Actor(header.getPerson(), header.getRole(), header.getAccount()),
        header.getIdempotencyKey(),
        header.getRequestHash(),
        events);
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static govcloud.protobuf.journal.v1.LocalText text(LocalText text) {
    return govcloud.protobuf.journal.v1.LocalText.newBuilder()
        .setZh(text.zh())
        .setEn(text.en())
        .build();
  }

  static LocalText text(govcloud.protobuf.journal.v1.LocalText text) {
    return new LocalText(text.getZh(), text.getEn());
  }

  static List<Attribute> attributes(Map<String, String> attributes) {
    var list = new ArrayList<Attribute>(attributes.size());
    attributes.forEach(
        (name, value) -> list.add(Attribute.newBuilder().setName(name).setValue(value).build()));
    return list;
  }

  static Map<String, String> attributes(List<Attribute> attributes) {
    var map = new LinkedHashMap<String, String>();
    attributes.forEach(attribute -> map.put(attribute.getName(), attribute.getValue()));
    return map;
  }

  static TenantDisasterClass disasterClass(DisasterClass disasterClass) {
    return switch (disasterClass) {
      case DAILY -> TenantDisasterClass.TENANT_DISASTER_CLASS_DAILY;
      case CONTINUOUS -> TenantDisasterClass.TENANT_DISASTER_CLASS_CONTINUOUS;
      case ZERO_LOSS -> TenantDisasterClass.TENANT_DISASTER_CLASS_ZERO_LOSS;
    };
  }

  final DisasterClass disasterClass(TenantDisasterClass disasterClass) {
    return switch (disasterClass) {
      case TENANT_DISASTER_CLASS_DAILY -> DisasterClass.DAILY;
      case TENANT_DISASTER_CLASS_CONTINUOUS -> DisasterClass.CONTINUOUS;
      case TENANT_DISASTER_CLASS_ZERO_LOSS -> DisasterClass.ZERO_LOSS;
      case TENANT_DISASTER_CLASS_UNSPECIFIED, UNRECOGNIZED -> throw unknown("disaster class");
    };
  }

  /** The word of a constant, as documents have it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The constant of a word. */
  final <T extends Enum<T>> T constant(Class<T> type, String word) {
    for (var constant : type.getEnumConstants()) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    throw unknown(word);
  }

  /** An event or a value that only a newer version of Govcloud knows. */
  final CodecException unknown(String what) {
    return new CodecException(
        CodecException.Code.PAYLOAD_EVENT_UNKNOWN,
        manifest(),
        what
            + ": not known to "
            + manifest()
            + " (expected: one that this version of Govcloud"
            + " knows; a newer one wrote it)",
        null);
  }

  /** An event without a form in the journal: a mistake in this program. */
  static IllegalStateException formless(Object event) {
    return new IllegalStateException(
        "event: " + event.getClass().getName() + " (expected: an event with a journal form)");
  }
}
