package govcloud.faultlab.checker;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import govcloud.protobuf.journal.v1.CaseChange;
import govcloud.protobuf.journal.v1.CaseCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A case as the lab knows cases: made, commented on and assigned. Gives the lists that it must be
 * in and the names under which it counts.
 */
final class CaseModel {

  /** A case that changes again and again moves in the lists by time only this often. */
  private static final Duration MOVES = Duration.ofSeconds(10);

  private static final long LATEST = 999_999_999_999_999L;

  private final String id;
  private String tenant = "";
  private String app = "";
  private String state = "";
  private String assignee = "";
  private boolean finished;
  private Instant updated;
  private Instant listed;

  private CaseModel(String id) {
    this.id = id;
  }

  /** What these records of one case add up to. */
  static CaseModel of(String id, List<StoredRecord> records) throws InvalidProtocolBufferException {
    CaseModel model = new CaseModel(id);
    for (StoredRecord record : records) {
      CaseCommit commit = CaseCommit.parseFrom(record.record().getPayload());
      for (CaseChange change : commit.getChangesList()) {
        model.take(change, instant(change.hasAt() ? change.getAt() : commit.getHeader().getAt()));
      }
    }
    return model;
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  private void take(CaseChange change, Instant at) {
    if (change.hasCreated()) {
      tenant = change.getCreated().getTenant();
      app = change.getCreated().getApp();
      state = change.getCreated().getState();
      finished = change.getCreated().getFinished();
      updated = at;
      listed = at;
    } else if (change.hasAssigned()) {
      assignee = change.getAssigned().getAssignee();
    }
    if (exists()) {
      updated = at.isAfter(updated) ? at : updated;
      listed = updated.isBefore(listed.plus(MOVES)) ? listed : updated;
    }
  }

  /** Whether its first record is there. */
  boolean exists() {
    return updated != null;
  }

  /** Where lists have it. */
  List<ListEntry> lists() {
    String place = tenant + "/" + app;
    List<String> lists = new ArrayList<>(List.of("app=" + place, "state=" + place + "/" + state));
    if (!assignee.isEmpty()) {
      lists.add("assignee=" + tenant + "/" + assignee);
    }
    List<ListEntry> entries = new ArrayList<>();
    if (!finished) {
      lists.add("open=" + tenant);
      String caseId = id.substring(id.lastIndexOf('/') + 1);
      entries.add(new ListEntry("running=" + place, caseId, id));
    }
    for (String list : lists) {
      entries.add(new ListEntry(list + ":DUE", key(LATEST), id));
      entries.add(new ListEntry(list + ":UPDATED", key(LATEST - listed.toEpochMilli()), id));
    }
    return entries;
  }

  private static String key(long number) {
    return "%015d".formatted(number);
  }

  /** Whose numbers it is in. */
  String tenant() {
    return tenant;
  }

  /** The names under which it counts once. */
  List<String> countedAs() {
    String inState = app + "/" + state;
    return finished ? List.of(inState) : List.of(inState, "*active/" + app);
  }
}
