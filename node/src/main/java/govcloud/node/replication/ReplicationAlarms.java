package govcloud.node.replication;

import govcloud.node.replication.ReplicationAlarm.Kind;
import govcloud.node.replication.site.GivenUp;
import govcloud.replication.receiving.ReceivedQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises alarms when they are first seen and clears them when they have not been seen for a while:
 * what fails is begun again and looks sound for a moment. Both are logged. Safe for several
 * threads.
 */
final class ReplicationAlarms {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicationAlarms.class);

  /** An alarm not seen for so long is over. */
  static final Duration QUIET = Duration.ofSeconds(12);

  private record Key(Kind kind, String subject) {}

  private record Seen(ReplicationAlarm alarm, Instant last) {}

  private final Duration oldest;
  private final Duration oldestAttachment;
  private final Optional<Duration> oldestCut;
  private Optional<Instant> firstLook = Optional.empty();
  private final Map<Key, Seen> raised = new LinkedHashMap<>();

  /**
   * No alarm yet.
   *
   * @param oldest a recovery point may be so old
   * @param oldestAttachment an attachment may be missing at the sibling for so long
   * @param oldestCut the newest cut may be so old; empty: nobody waits for one
   */
  ReplicationAlarms(Duration oldest, Duration oldestAttachment, Optional<Duration> oldestCut) {
    this.oldest = oldest;
    this.oldestAttachment = oldestAttachment;
    this.oldestCut = oldestCut;
  }

  /** Those that are raised, in the order in which they were. */
  synchronized List<ReplicationAlarm> raised() {
    return raised.values().stream().map(Seen::alarm).toList();
  }

  /** Takes in how things are now. */
  synchronized void look(ReplicationStatus status, List<ReplicationAlarm> differences) {
    List<ReplicationAlarm> now = new ArrayList<>(differences);
    if (status.isOn()) {
      slices(status, now);
      attachments(status, now);
      if (status.missing() > 0) {
        now.add(
            new ReplicationAlarm(
                Kind.SIBLING_LOST, status.sibling(), status.refilled().en(), status.at()));
      }
      if (status.recoveryPointAge().compareTo(oldest) > 0) {
        now.add(
            new ReplicationAlarm(
                Kind.RECOVERY_POINT_OLD, status.sibling(), status.wouldLose().en(), status.at()));
      }
    }
    status.givenUp().ifPresent(site -> now.add(fenced(site, status)));
    status
        .drainedSince()
        .filter(since -> status.givenUp().isEmpty())
        .ifPresent(since -> now.add(drained(since, status)));
    lost(status, Kind.SIBLING_DAMAGED, status.losses().there(), now);
    lost(status, Kind.RECEIVED_DAMAGED, status.losses().here(), now);
    archive(status, now);
    cut(status).ifPresent(now::add);
    now.forEach(alarm -> raise(alarm, status.at()));
    clear(status.at());
  }

  private static void lost(
      ReplicationStatus status, Kind kind, SegmentLoss loss, List<ReplicationAlarm> now) {
    if (loss.isAny()) {
      now.add(new ReplicationAlarm(kind, status.sibling(), loss.inWords(), status.at()));
    }
  }

  private static ReplicationAlarm drained(Instant since, ReplicationStatus status) {
    return new ReplicationAlarm(
        Kind.SITE_DRAINED, "site", "accepts nothing since " + since, status.at());
  }

  private static ReplicationAlarm fenced(GivenUp site, ReplicationStatus status) {
    return new ReplicationAlarm(
        Kind.SITE_FENCED, site.site().cloud(), status.wouldLose().en(), status.at());
  }

  private static void slices(ReplicationStatus status, List<ReplicationAlarm> now) {
    status.slices().stream()
        .filter(slice -> slice.trouble() == SliceTrouble.REFUSED && !isBeyondQuota(slice))
        .forEach(
            slice ->
                now.add(
                    new ReplicationAlarm(
                        Kind.SEGMENT_REFUSED,
                        "slice " + slice.slice(),
                        slice.problem(),
                        status.at())));
    status.slices().stream()
        .filter(ReplicationAlarms::isBeyondQuota)
        .findFirst()
        .ifPresent(
            slice ->
                now.add(
                    new ReplicationAlarm(
                        Kind.SIBLING_QUOTA, status.sibling(), slice.problem(), status.at())));
    first(status, SliceTrouble.SIBLING_AWAY, Kind.SIBLING_AWAY, status.sibling(), now);
  }

  private static boolean isBeyondQuota(SliceState slice) {
    return slice.problem().startsWith(ReceivedQuota.CODE);
  }

  private void attachments(ReplicationStatus status, List<ReplicationAlarm> now) {
    status
        .attachments()
        .filter(known -> known.isMissingFor(oldestAttachment, status.at()))
        .ifPresent(
            known ->
                now.add(
                    new ReplicationAlarm(
                        Kind.ATTACHMENT_MISSING,
                        status.sibling(),
                        known.missing()
                            + " not there, the first since "
                            + Instant.ofEpochMilli(known.oldestMillis()),
                        status.at())));
  }

  /** Before the first cut there is as much time as between two. */
  private Optional<ReplicationAlarm> cut(ReplicationStatus status) {
    if (firstLook.isEmpty()) {
      firstLook = Optional.of(status.at());
    }
    Instant newest = status.lastCut().map(ReplicationStatus.Mark::at).or(() -> firstLook).get();
    return oldestCut
        .filter(age -> status.givenUp().isEmpty() && newest.plus(age).isBefore(status.at()))
        .map(
            age ->
                new ReplicationAlarm(
                    Kind.CUT_OLD,
                    "cut",
                    status
                        .lastCut()
                        .map(cut -> "the newest is " + cut.number() + " of " + cut.at())
                        .orElse("there is none"),
                    status.at()));
  }

  private static void archive(ReplicationStatus status, List<ReplicationAlarm> now) {
    first(status, SliceTrouble.ARCHIVE, Kind.ARCHIVE_FAILING, "archive", now);
  }

  /** One alarm for all slices that have the same trouble. */
  private static void first(
      ReplicationStatus status,
      SliceTrouble trouble,
      Kind kind,
      String subject,
      List<ReplicationAlarm> now) {
    status.slices().stream()
        .filter(slice -> slice.trouble() == trouble)
        .findFirst()
        .ifPresent(
            slice -> now.add(new ReplicationAlarm(kind, subject, slice.problem(), status.at())));
  }

  private void raise(ReplicationAlarm alarm, Instant now) {
    Key key = new Key(alarm.kind(), alarm.subject());
    Seen before = raised.get(key);
    if (before == null) {
      LOG.warn("alarm {}: {}: {}", alarm.kind(), alarm.subject(), alarm.detail());
      raised.put(key, new Seen(alarm, now));
      return;
    }
    Instant since = before.alarm().since();
    raised.put(
        key,
        new Seen(new ReplicationAlarm(alarm.kind(), alarm.subject(), alarm.detail(), since), now));
  }

  private void clear(Instant now) {
    raised
        .values()
        .removeIf(
            seen -> {
              boolean isOver = seen.last().plus(QUIET).isBefore(now);
              if (isOver) {
                LOG.info("alarm over {}: {}", seen.alarm().kind(), seen.alarm().subject());
              }
              return isOver;
            });
  }
}
