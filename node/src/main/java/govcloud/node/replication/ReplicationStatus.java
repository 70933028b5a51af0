package govcloud.node.replication;

import govcloud.domain.catalogue.LocalText;
import govcloud.node.replication.site.GivenUp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How far the cloud is replicated at one moment, as one node knows it.
 *
 * @param at the moment
 * @param sibling name of the sibling cloud; empty: none
 * @param transport how files get there: {@code https}, or {@code none}
 * @param state in one word
 * @param recoveryPointAge age of the oldest record without receipt; zero where there is none
 * @param records without receipt
 * @param bytes of the log rows without receipt, before compression
 * @param archived segments in this cloud's own archive
 * @param receipted segments with a receipt
 * @param lastReceipt when the sibling received the last segment, as it says
 * @param lastManifest the newest manifest of this cloud
 * @param lastCut the newest cut of this cloud
 * @param attachments those that are not yet at the sibling; empty: not known, or nothing is sent
 * @param losses segments that were lost in the middle of a slice, at the sibling and here
 * @param slices each slice, ascending
 * @param givenUp what is known of this site if it was given up
 * @param drainedSince since when it accepts nothing, because it is to be moved
 */
public record ReplicationStatus(
    Instant at,
    String sibling,
    String transport,
    State state,
    Duration recoveryPointAge,
    long records,
    long bytes,
    long archived,
    long receipted,
    Optional<Instant> lastReceipt,
    Optional<Mark> lastManifest,
    Optional<Mark> lastCut,
    Optional<AttachmentState> attachments,
    SegmentLoss.Both losses,
    List<SliceState> slices,
    Optional<GivenUp> givenUp,
    Optional<Instant> drainedSince) {

  /** Whoever replicates a slice tells about it every two seconds. */
  static final Duration SILENCE = Duration.ofSeconds(15);

  private static final Set<State> HINDERS =
      EnumSet.of(State.REFUSED, State.LOST, State.REFILLING, State.MENDING, State.SIBLING_AWAY);

  private static final LocalText NOT_KNOWN =
      new LocalText(
          "数量不明的附件：兄弟云尚未说明已有哪些",
          "an unknown number of attachments: the sibling has not said yet which it has");

  /** How replication is, in one word. */
  public enum State {
    /** Every record is at the sibling within the promised seconds. */
    IN_STEP,
    /** Some records have waited longer, or it is not known of a slice. */
    BEHIND,
    /** The sibling does not answer. */
    SIBLING_AWAY,
    /** The sibling refuses what is sent. */
    REFUSED,
    /** The sibling lacks what it signed for, and somebody has to begin a refilling. */
    LOST,
    /** The sibling gets again what it signed for and lost. */
    REFILLING,
    /** The sibling gets again, by itself, what it has lost in the middle of slices. */
    MENDING,
    /** The site accepts nothing, and the sibling does not have and countersign all of it yet. */
    DRAINING,
    /** The site accepts nothing, and its sibling has countersigned its final cut: move it. */
    DRAINED,
    /** Nothing is sent anywhere. */
    OFF,
    /** This site was given up: nothing that it does counts. */
    FENCED
  }

  /** A numbered file and the moment that it stands for. */
  public record Mark(long number, Instant at) {}

  /** Keeps the list. */
  public ReplicationStatus {
    slices = List.copyOf(slices);
  }

  /** What follows from the states of the slices. */
  static ReplicationStatus of(
      ReplicationSettings settings,
      List<SliceState> slices,
      AttachmentState attachments,
      SegmentLoss.Both losses,
      Optional<Mark> lastManifest,
      Optional<Mark> lastCut,
      Optional<GivenUp> givenUp,
      Optional<SiteMove> move,
      Instant now) {
    boolean ships = settings.ships();
    Duration age = age(slices, now);
    return new ReplicationStatus(
        now,
        settings.sibling(),
        ships ? settings.transport().text() : "none",
        givenUp.isPresent()
            ? State.FENCED
            : ships
                ? moving(state(slices, losses.there(), age, settings.promise(), now), slices, move)
                : State.OFF,
        age,
        slices.stream().mapToLong(SliceState::records).sum(),
        slices.stream().mapToLong(SliceState::bytes).sum(),
        slices.stream().mapToLong(SliceState::archived).sum(),
        slices.stream().mapToLong(SliceState::receipted).sum(),
        slices.stream()
            .map(SliceState::receiptMillis)
            .filter(millis -> millis > 0)
            .max(Comparator.naturalOrder())
            .map(Instant::ofEpochMilli),
        lastManifest,
        lastCut,
        Optional.of(attachments).filter(known -> ships && known.isKnownAt(now)),
        losses,
        slices,
        givenUp,
        move.map(SiteMove::since));
  }

  private static State state(
      List<SliceState> slices, SegmentLoss lost, Duration age, Duration promise, Instant now) {
    if (slices.stream().anyMatch(slice -> slice.trouble() == SliceTrouble.LOST)) {
      return State.LOST;
    }
    if (slices.stream().anyMatch(slice -> slice.trouble() == SliceTrouble.REFUSED)) {
      return State.REFUSED;
    }
    if (slices.stream().anyMatch(slice -> slice.trouble() == SliceTrouble.SIBLING_AWAY)) {
      return State.SIBLING_AWAY;
    }
    if (slices.stream().anyMatch(slice -> slice.missing() > 0)) {
      return State.REFILLING;
    }
    if (lost.isAny()) {
      return State.MENDING;
    }
    boolean isBehind =
        age.compareTo(promise) > 0
            || slices.stream().anyMatch(slice -> slice.isSilent(now))
            || slices.stream().anyMatch(slice -> slice.trouble() == SliceTrouble.ARCHIVE);
    return isBehind ? State.BEHIND : State.IN_STEP;
  }

  /** How long the oldest record without receipt has waited. */
  private static Duration age(List<SliceState> slices, Instant now) {
    return slices.stream()
        .map(SliceState::oldestMillis)
        .filter(oldest -> oldest > 0)
        .min(Comparator.naturalOrder())
        .map(oldest -> Duration.between(Instant.ofEpochMilli(oldest), now))
        .filter(since -> !since.isNegative())
        .orElse(Duration.ZERO);
  }

  /** What hinders the move is said rather than the move. */
  private static State moving(State state, List<SliceState> slices, Optional<SiteMove> move) {
    if (move.isEmpty() || HINDERS.contains(state)) {
      return state;
    }
    boolean isThere = slices.stream().allMatch(slice -> slice.records() == 0);
    return isThere && state == State.IN_STEP && move.get().countersigned()
        ? State.DRAINED
        : State.DRAINING;
  }

  /** Whether the site may be lost now. */
  public boolean isCovered() {
    return state == State.IN_STEP || state == State.DRAINED;
  }

  /** Whether this site takes in changes, and so writes records. */
  boolean isAccepting() {
    return state != State.DRAINING && state != State.DRAINED && state != State.FENCED;
  }

  /** Whether records go to a sibling at all. */
  public boolean isOn() {
    return state != State.OFF && state != State.FENCED;
  }

  /** Segments that the sibling signed for and is known not to have. */
  public long missing() {
    return slices.stream().mapToLong(SliceState::missing).sum();
  }

  /** What the sibling has again of what it signed for, as a sentence. */
  LocalText refilled() {
    long left = receipted - missing();
    return new LocalText(
        "兄弟云丢失了副本，已补回 " + left + " / " + receipted + " 段",
        "the sibling has lost its replica; it has " + left + " of " + receipted + " segments");
  }

  private String orphans(String unknown) {
    return givenUp
        .flatMap(GivenUp::orphans)
        .map(count -> Long.toString(count.records()))
        .orElse(unknown);
  }

  /** What would be lost if this site were lost now, as a sentence. */
  public LocalText wouldLose() {
    if (givenUp.isPresent()) {
      return new LocalText(
          "本站点已弃用，云已在别处恢复；这里只剩 " + orphans("若干") + " 条孤立记录",
          "Nothing of the cloud: this site was given up, and has "
              + orphans("some")
              + " records that count nowhere");
    }
    if (!isOn()) {
      return new LocalText("全部数据：异地没有副本", "Everything: there is no replica at another site");
    }
    long silent = slices.stream().filter(slice -> slice.isSilent(at)).count();
    if (silent > 0) {
      return new LocalText(
          "不能确定：" + silent + " 个分片没有消息", "Not known: there is no news of " + silent + " slices");
    }
    if (missing() > 0) {
      return notBack();
    }
    if (losses.there().isAny()) {
      return asked(losses.there().segments());
    }
    if (records == 0 && attachments.map(known -> known.missing() == 0).orElse(false)) {
      return new LocalText(
          "什么都不会丢失：每条记录都有兄弟云的回执", "Nothing: the sibling has given a receipt for every record");
    }
    LocalText files = attachments.map(ReplicationStatus::files).orElse(NOT_KNOWN);
    if (records == 0) {
      return files;
    }
    double seconds = recoveryPointAge.toMillis() / 1000.0;
    String zh = String.format(Locale.ROOT, "最近 %.1f 秒内的 %d 条记录（%d 字节）", seconds, records, bytes);
    String en =
        String.format(
            Locale.ROOT, "%d records of the last %.1f seconds (%d bytes)", records, seconds, bytes);
    return files.en().isEmpty()
        ? new LocalText(zh, en)
        : new LocalText(zh + "，以及 " + files.zh(), en + ", and " + files.en());
  }

  private LocalText notBack() {
    return new LocalText(
        "兄弟云尚未补回的部分：" + refilled().zh(),
        "What the sibling does not have again: " + refilled().en());
  }

  private static LocalText asked(long lost) {
    String segments = lost == 1 ? " segment" : " segments";
    return new LocalText(
        "兄弟云缺损、正在补回的 " + lost + " 段", lost + segments + " that the sibling has lost and asks for");
  }

  private static LocalText files(AttachmentState known) {
    long count = known.missing();
    return count == 0
        ? new LocalText("", "")
        : new LocalText(
            count + " 个附件（" + known.bytes() + " 字节）",
            count + (count == 1 ? " attachment (" : " attachments (") + known.bytes() + " bytes)");
  }
}
