package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import govcloud.node.ReferenceKeys;
import govcloud.node.replication.ReplicationAlarm.Kind;
import govcloud.node.replication.ReplicationStatus.Mark;
import govcloud.node.replication.ReplicationStatus.State;
import govcloud.node.replication.site.GivenUp;
import govcloud.node.replication.site.OrphanCount;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.statement.SiteEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How replication is in one word, and what is an alarm. */
class ReplicationAlarmsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration OLDEST = Duration.ofMinutes(1);

  private static SliceState slice(int records, long ageSeconds, SliceTrouble trouble, String why) {
    long oldest = records == 0 ? 0 : NOON.minusSeconds(ageSeconds).toEpochMilli();
    return new SliceState(
        0,
        5,
        50,
        4,
        40,
        records,
        100L * records,
        oldest,
        1,
        trouble,
        why,
        0,
        "",
        NOON.toEpochMilli());
  }

  private static SliceState lost(SliceTrouble trouble, long missing) {
    return new SliceState(
        0, 5, 50, 4, 40, 0, 0, 0, 1, trouble, "", missing, "", NOON.toEpochMilli());
  }

  @Test
  void siblingThatLostItsReplica_isLost_thenRefilling_andOneAlarmThroughout() {
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    ReplicationStatus status = status("mountain", lost(SliceTrouble.LOST, 4), NOON);
    assertThat(status.state()).isEqualTo(State.LOST);
    assertThat(status.isCovered()).isFalse();
    assertThat(status.wouldLose().en()).contains("it has 0 of 4 segments");
    alarms.look(status, List.of());
    ReplicationStatus refilling = status("mountain", lost(SliceTrouble.NONE, 1), NOON);
    assertThat(refilling.state()).isEqualTo(State.REFILLING);
    assertThat(refilling.wouldLose().zh()).contains("3 / 4");
    alarms.look(refilling, List.of());
    assertThat(alarms.raised())
        .extracting(ReplicationAlarm::kind)
        .containsExactly(Kind.SIBLING_LOST);
    assertThat(alarms.raised().get(0).detail()).contains("it has 3 of 4 segments");
  }

  private static SegmentLoss loss(long segments, String detail) {
    return new SegmentLoss(
        segments, List.of("segments/00000/2.gseg"), detail, true, NOON.toEpochMilli());
  }

  @Test
  void segmentsLostInTheMiddle_areAnAlarmOnEitherSide_untilTheyAreBack() {
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    SliceState well = slice(0, 0, SliceTrouble.NONE, "");
    losses = new SegmentLoss.Both(loss(1, ""), loss(3, "is missing"));
    ReplicationStatus status = status("mountain", well, NOON);
    assertThat(status.state()).isEqualTo(State.MENDING);
    assertThat(status.isCovered()).isFalse();
    assertThat(status.wouldLose().en()).startsWith("1 segment that the sibling has lost");
    alarms.look(status, List.of());
    assertThat(alarms.raised())
        .extracting(ReplicationAlarm::kind, ReplicationAlarm::detail)
        .containsExactlyInAnyOrder(
            tuple(Kind.SIBLING_DAMAGED, "1 segment, segments/00000/2.gseg"),
            tuple(
                Kind.RECEIVED_DAMAGED, "3 segments, the first segments/00000/2.gseg: is missing"));
    losses = SegmentLoss.Both.UNKNOWN;
    Instant later = NOON.plus(ReplicationAlarms.QUIET).plusSeconds(1);
    alarms.look(status("mountain", well, later), List.of());
    assertThat(alarms.raised()).isEmpty();
  }

  private Optional<GivenUp> givenUp = Optional.empty();
  private Optional<Instant> drainedSince = Optional.empty();
  private Optional<Mark> lastCut = Optional.empty();
  private SegmentLoss.Both losses = SegmentLoss.Both.UNKNOWN;
  private AttachmentState attachments = new AttachmentState(true, 0, 0, 0, NOON.toEpochMilli());

  private ReplicationStatus status(String sibling, SliceState slice, Instant now) {
    String text =
        "govcloud.replication { keys-folder = k, archive-folder = a, received-folder = r, "
            + "sibling-addresses = [\"a:1\"], sibling = \""
            + sibling
            + "\" }";
    ReplicationSettings settings =
        ReplicationSettings.from(
            ConfigFactory.parseString(text).withFallback(ReferenceKeys.reference()).resolve());
    return ReplicationStatus.of(
        settings,
        List.of(slice),
        attachments,
        losses,
        Optional.empty(),
        lastCut,
        givenUp,
        drainedSince.map(since -> new SiteMove(since, false)),
        now);
  }

  private static ReplicationAlarms alarms(Duration oldestAttachment) {
    return new ReplicationAlarms(OLDEST, oldestAttachment, Optional.of(Duration.ofHours(26)));
  }

  /** A given-up site is told its sibling's refusals no more: there is one reason for them all. */
  @Test
  void siteDrained_isAnAlarm_untilItWorksOn_orIsGivenUp() {
    drainedSince = Optional.of(NOON.minusSeconds(7));
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    alarms.look(status("mountain", slice(0, 0, SliceTrouble.NONE, ""), NOON), List.of());
    assertThat(alarms.raised())
        .containsExactly(
            new ReplicationAlarm(
                Kind.SITE_DRAINED, "site", "accepts nothing since 2026-03-02T11:59:53Z", NOON));
    drainedSince = Optional.empty();
    Instant later = NOON.plus(ReplicationAlarms.QUIET).plusSeconds(1);
    alarms.look(status("mountain", slice(0, 0, SliceTrouble.NONE, ""), later), List.of());
    assertThat(alarms.raised()).isEmpty();
  }

  @Test
  void siteGivenUp_alarm_isOneAndSaysWhatIsLeft() {
    GivenUpSite site = new GivenUpSite("harbour", 1, 2, new SiteEnd(new TreeMap<>(), 0, 0));
    OrphanCount count =
        new OrphanCount(7, List.of(new OrphanCount.OfTenant("housing", 7, NOON, NOON)));
    givenUp = Optional.of(new GivenUp(site, Optional.of(count)));
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    SliceState refused = slice(3, 61, SliceTrouble.REFUSED, "REPLICA_SITE_FENCED: given up");
    ReplicationStatus status = status("mountain", refused, NOON);
    alarms.look(status, List.of());
    assertThat(status.state()).isEqualTo(State.FENCED);
    assertThat(status.wouldLose().zh()).contains("本站点已弃用").contains("7 条");
    assertThat(alarms.raised())
        .containsExactly(
            new ReplicationAlarm(Kind.SITE_FENCED, "harbour", status.wouldLose().en(), NOON));
    assertThat(status.wouldLose().en()).contains("has 7 records");
  }

  @Test
  void everythingReceipted_status_losesNothing() {
    ReplicationStatus status = status("mountain", slice(0, 0, SliceTrouble.NONE, ""), NOON);
    assertThat(status.state()).isEqualTo(State.IN_STEP);
    assertThat(status.wouldLose().en()).startsWith("Nothing");
  }

  @Test
  void recordsWait_status_countsThem() {
    ReplicationStatus status = status("mountain", slice(3, 12, SliceTrouble.NONE, ""), NOON);
    assertThat(status.state()).isEqualTo(State.BEHIND);
    assertThat(status.recoveryPointAge()).isEqualTo(Duration.ofSeconds(12));
    assertThat(status.wouldLose().en()).isEqualTo("3 records of the last 12.0 seconds (300 bytes)");
  }

  @Test
  void attachmentMissing_isSaid_andIsAnAlarmAfterItsTime() {
    Instant since = NOON.minusSeconds(601);
    attachments = new AttachmentState(true, 2, 5000, since.toEpochMilli(), NOON.toEpochMilli());
    ReplicationStatus status = status("mountain", slice(0, 0, SliceTrouble.NONE, ""), NOON);
    assertThat(status.wouldLose().en()).isEqualTo("2 attachments (5000 bytes)");
    assertThat(status("mountain", slice(3, 12, SliceTrouble.NONE, ""), NOON).wouldLose().en())
        .isEqualTo(
            "3 records of the last 12.0 seconds (300 bytes), and 2 attachments (5000 bytes)");
    ReplicationAlarms young = alarms(Duration.ofSeconds(602));
    young.look(status, List.of());
    assertThat(young.raised()).isEmpty();
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    alarms.look(status, List.of());
    assertThat(alarms.raised())
        .containsExactly(
            new ReplicationAlarm(
                Kind.ATTACHMENT_MISSING,
                "mountain",
                "2 not there, the first since " + since,
                NOON));
  }

  @Test
  void attachmentsOfWhichNobodyTells_areNotSaidToBeThere() {
    Instant before = NOON.minus(ReplicationStatus.SILENCE).minusSeconds(1);
    attachments = new AttachmentState(true, 0, 0, 0, before.toEpochMilli());
    ReplicationStatus status = status("mountain", slice(0, 0, SliceTrouble.NONE, ""), NOON);
    assertThat(status.attachments()).isEmpty();
    assertThat(status.wouldLose().en()).startsWith("an unknown number of attachments");
    assertThat(status("mountain", slice(3, 12, SliceTrouble.NONE, ""), NOON).wouldLose().en())
        .startsWith("3 records of the last 12.0 seconds (300 bytes), and an unknown number");
  }

  @Test
  void nobodyTells_status_doesNotPromiseAnything() {
    Instant later = NOON.plus(ReplicationStatus.SILENCE).plusSeconds(1);
    ReplicationStatus status = status("mountain", slice(0, 0, SliceTrouble.NONE, ""), later);
    assertThat(status.state()).isEqualTo(State.BEHIND);
    assertThat(status.wouldLose().en()).startsWith("Not known");
  }

  @Test
  void noSibling_status_losesEverything() {
    ReplicationStatus status = status("", slice(3, 12, SliceTrouble.NONE, ""), NOON);
    assertThat(status.state()).isEqualTo(State.OFF);
    assertThat(status.wouldLose().en()).startsWith("Everything");
  }

  @Test
  void siblingAway_backAgain_alarmIsRaisedOnceAndCleared() {
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    SliceState away = slice(3, 12, SliceTrouble.SIBLING_AWAY, "refused");
    alarms.look(status("mountain", away, NOON), List.of());
    alarms.look(status("mountain", away, NOON.plusSeconds(2)), List.of());
    assertThat(alarms.raised())
        .containsExactly(new ReplicationAlarm(Kind.SIBLING_AWAY, "mountain", "refused", NOON));
    SliceState well = slice(0, 0, SliceTrouble.NONE, "");
    alarms.look(status("mountain", well, NOON.plusSeconds(4)), List.of());
    assertThat(alarms.raised()).as("it may only look well").hasSize(1);
    Instant later = NOON.plusSeconds(3).plus(ReplicationAlarms.QUIET);
    alarms.look(status("mountain", well, later), List.of());
    assertThat(alarms.raised()).isEmpty();
  }

  @Test
  void refusedOldAndFailing_alarms_nameEach() {
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    SliceState refused = slice(3, 61, SliceTrouble.REFUSED, "REPLICA_FORKED: another one");
    alarms.look(status("mountain", refused, NOON), List.of());
    SliceState failing = slice(0, 0, SliceTrouble.ARCHIVE, "no room");
    alarms.look(status("mountain", failing, NOON), List.of());
    assertThat(alarms.raised())
        .extracting(ReplicationAlarm::kind)
        .containsExactly(Kind.SEGMENT_REFUSED, Kind.RECOVERY_POINT_OLD, Kind.ARCHIVE_FAILING);
    assertThat(alarms.raised().get(0).detail()).startsWith("REPLICA_FORKED");
  }

  /** All slices have the same trouble, and one who can end it. */
  @Test
  void quotaUsedUp_isOneAlarm() {
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    String problem = "RECEIVER_QUOTA_EXCEEDED: harbour has 90 bytes here";
    ReplicationStatus status =
        status("mountain", slice(3, 12, SliceTrouble.REFUSED, problem), NOON);
    alarms.look(status, List.of());
    assertThat(status.state()).isEqualTo(State.REFUSED);
    assertThat(alarms.raised())
        .containsExactly(new ReplicationAlarm(Kind.SIBLING_QUOTA, "mountain", problem, NOON));
  }

  @Test
  void newestCutTooOld_isAnAlarm_untilThereIsANewerOne() {
    ReplicationAlarms alarms = alarms(Duration.ofMinutes(10));
    SliceState well = slice(0, 0, SliceTrouble.NONE, "");
    alarms.look(status("mountain", well, NOON), List.of());
    assertThat(alarms.raised()).as("the first may come yet").isEmpty();
    alarms.look(status("mountain", well, NOON.plusSeconds(26 * 3600 + 1)), List.of());
    assertThat(alarms.raised())
        .extracting(ReplicationAlarm::kind, ReplicationAlarm::detail)
        .contains(tuple(Kind.CUT_OLD, "there is none"));
    lastCut = Optional.of(new Mark(7, NOON.minusSeconds(26 * 3600 + 1)));
    ReplicationAlarms later = alarms(Duration.ofMinutes(10));
    later.look(status("mountain", well, NOON), List.of());
    assertThat(later.raised().get(0).detail()).isEqualTo("the newest is 7 of 2026-03-01T09:59:59Z");
    lastCut = Optional.of(new Mark(8, NOON));
    later.look(status("mountain", well, NOON.plusSeconds(13)), List.of());
    assertThat(later.raised()).isEmpty();
  }
}
