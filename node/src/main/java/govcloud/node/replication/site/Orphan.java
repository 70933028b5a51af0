package govcloud.node.replication.site;

import govcloud.domain.Commit;
import govcloud.journal.HybridClock;
import govcloud.node.feed.EventJson;
import govcloud.protobuf.journal.CodecException;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.journal.v1.Record;
import java.time.Instant;
import java.util.List;

/**
 * A record that a given-up site accepted and its cloud does not have: behind the end of what counts
 * of the site.
 *
 * @param place in the logs of the site
 * @param tenant the department; empty: the cloud itself
 * @param entity such as {@code case/harbour/permits/c-17}
 * @param sequence of the record in its entity
 * @param at when it was accepted, by the site's clock
 * @param person who asked; empty where the record cannot be read
 * @param role of the person
 * @param events what happened
 */
public record Orphan(
    OrphanPlace place,
    String tenant,
    String entity,
    long sequence,
    Instant at,
    String person,
    String role,
    List<Event> events) {

  /**
   * An event.
   *
   * @param type such as {@code govcloud.case.action-taken.v1}
   * @param data a JSON object; empty where the record cannot be read
   */
  public record Event(String type, String data) {}

  /** Keeps the list. */
  public Orphan {
    events = List.copyOf(events);
  }

  /** Reads a record; one that no codec can read is named all the same. */
  static Orphan of(OrphanPlace place, Record record) {
    try {
      Commit<?> commit =
          CommitCodecs.byManifest(record.getManifest()).decode(record.getPayload().toByteArray());
      return orphan(
          place,
          record,
          commit.at(),
          commit.actor().person(),
          commit.actor().role(),
          commit.events().stream()
              .map(event -> new Event(type(record, event), EventJson.data(event)))
              .toList());
    } catch (CodecException e) {
      Instant at = Instant.ofEpochMilli(HybridClock.millisOf(record.getHybridClock()));
      return orphan(place, record, at, "", "", List.of(new Event(record.getManifest(), "")));
    }
  }

  private static String type(Record record, Object event) {
    return EventJson.type(record.getManifest(), event);
  }

  private static Orphan orphan(
      OrphanPlace place,
      Record record,
      Instant at,
      String person,
      String role,
      List<Event> events) {
    return new Orphan(
        place,
        record.getTenant(),
        record.getEntityId(),
        record.getSequence(),
        at,
        person,
        role,
        events);
  }
}
