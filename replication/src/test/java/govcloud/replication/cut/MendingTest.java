package govcloud.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.TestLog;
import govcloud.replication.receiving.LostSegments;
import govcloud.replication.receiving.ReceivedSweep;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.LocalLink;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SegmentMender;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.StatementKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sibling whose disk has lost segments in the middle of slices, and gets them again. */
@Tag("slow")
class MendingTest {
  private static final int SEEDS = 60;

  /** Where the name of the key begins in a file. */
  private static final int KEY = 12;

  private MemoryStore home;
  private MemoryStore sibling;
  private Map<ArchiveName, byte[]> whole;
  private Set<ArchiveName> erased;
  private LocalLink link;
  private ReceivedSweep sweep;
  private SegmentMender mender;
  private TestCloud cloud;
  private TestCloud.Moment moment;
  private long nanos;

  /** What the sibling asks for. */
  private interface Wishes {
    List<ArchiveName> now() throws LinkException;
  }

  private class Asking implements SiblingLink {
    private final Wishes wishes;

    Asking(Wishes wishes) {
      this.wishes = wishes;
    }

    @Override
    public Optional<ByteString> deliver(ArchiveName name, ByteString file)
        throws LinkException, RefusedException {
      return link.deliver(name, file);
    }

    @Override
    public Optional<ByteString> answer(ArchiveName name) {
      return Optional.empty();
    }

    @Override
    public int window() {
      return 1;
    }

    @Override
    public List<ArchiveName> lostSegments() throws LinkException {
      return wishes.now();
    }
  }

  @BeforeEach
  void oneSeed() throws Exception {
    start(29);
  }

  /** A cloud of some days, and its sibling that has everything. */
  private void start(long seed) throws Exception {
    cloud = new TestCloud(seed);
    for (int day = 0; day < 5; day++) {
      cloud.work(6);
      moment = cloud.close();
      cloud.archiveAll();
    }
    home = cloud.store;
    sibling = new MemoryStore();
    erased = new TreeSet<>();
    link =
        new LocalLink(
            new Receiver(
                sibling, this::erase, TestKeys.TRUST, TestKeys.SIBLING, Clock.systemUTC()));
    for (ArchiveName name : home.list(StatementKind.SEGMENT)) {
      link.deliver(name, ByteString.copyFrom(home.read(name).orElseThrow()));
    }
    whole = new TreeMap<>(sibling.files());
    sweep = new ReceivedSweep(sibling, TestKeys.TRUST);
    mender = new SegmentMender(home, TestKeys.TRUST, new Asking(() -> look().named()), () -> nanos);
  }

  private void erase(ArchiveName name) {
    assertThat(sibling.files().get(name)).as("%s", name).isNotEqualTo(whole.get(name));
    erased.add(name);
    sibling.erase(name);
  }

  private LostSegments look() throws LinkException {
    try {
      return sweep.look();
    } catch (govcloud.replication.archive.ArchiveStoreException e) {
      throw new LinkException("no archive", e);
    }
  }

  private void mend() throws Exception {
    sweep.read(sibling);
    for (int round = 0; round < 5 && look().count() > 0; round++) {
      mender.step();
      nanos += Duration.ofMinutes(2).toNanos();
    }
  }

  private void requireWhole() throws Exception {
    assertThat(look()).isEqualTo(LostSegments.NONE);
    for (ArchiveName name : home.list(StatementKind.SEGMENT)) {
      assertThat(sibling.read(name)).as("%s", name).hasValue(home.read(name).orElseThrow());
      ArchiveName receipt = ArchiveName.receipt(name.slice(), name.number());
      Segment segment = Segment.verify(name, home.read(name).orElseThrow(), TestKeys.TRUST);
      Receipt.verify(receipt, sibling.read(receipt).orElseThrow(), TestKeys.TRUST)
          .requireFor(segment.head());
    }
    assertThat(
            new ReplicaVerifier(sibling, cloud.blobs, TestKeys.TRUST)
                .verify(ReplicaAnchor.NONE)
                .findings())
        .isEmpty();
  }

  @Test
  void manyDamages_areNoticed_andPutBackAsTheyWere() throws Exception {
    int put = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      start(seed);
      Set<ArchiveName> hurt = hurt(new Random(seed));
      mend();
      requireWhole();
      assertThat(hurt).as("seed %d", seed).containsAll(erased);
      put += hurt.size();
    }
    assertThat(put).isGreaterThan(SEEDS * 5);
  }

  /** Deletes, damages and mixes up; the last one of a slice is damaged at most. */
  private Set<ArchiveName> hurt(Random random) {
    Set<ArchiveName> hurt = new TreeSet<>();
    for (ArchiveName name : List.copyOf(sibling.files().keySet())) {
      boolean isLast =
          !whole.containsKey(new ArchiveName(name.kind(), name.slice(), name.number() + 1));
      boolean isFirst = name.number() == 1;
      switch (random.nextInt(12)) {
        case 0, 1 -> {
          // The first receipts of a slice may have gone with old cuts.
          if (!isLast && !(isFirst && name.kind() == StatementKind.RECEIPT)) {
            sibling.files().remove(name);
            hurt.add(name);
          }
        }
        case 2 -> {
          byte[] bytes = whole.get(name).clone();
          int from = name.kind() == StatementKind.SEGMENT ? SignedStatement.PREFIX : 0;
          bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
          sibling.files().put(name, bytes);
          hurt.add(name);
        }
        case 3 -> {
          byte[] bytes = whole.get(name);
          sibling.files().put(name, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
          hurt.add(name);
        }
        case 4 -> {
          ArchiveName other = new ArchiveName(name.kind(), name.slice(), isFirst ? 2 : 1);
          if (whole.containsKey(other)) {
            sibling.files().put(name, whole.get(other));
            hurt.add(name);
          }
        }
        default -> {}
      }
    }
    return hurt;
  }

  @Test
  void wholeFolderInTheMiddle_isAskedForInOrder() throws Exception {
    for (long number = 2; number <= 4; number++) {
      sibling.files().remove(ArchiveName.segment(1, number));
      sibling.files().remove(ArchiveName.receipt(1, number));
    }
    LostSegments lost = look();
    assertThat(lost.count()).isEqualTo(3);
    assertThat(lost.detail()).contains("is missing");
    assertThat(lost.named())
        .containsExactly(
            ArchiveName.segment(1, 2), ArchiveName.segment(1, 3), ArchiveName.segment(1, 4));
    assertThat(mender.step().problem()).isEmpty();
    requireWhole();
    assertThat(erased).isEmpty();
  }

  @Test
  void endOfASlice_isNotAskedFor() throws Exception {
    long last = home.last(StatementKind.SEGMENT, 0).orElseThrow().number();
    sibling.files().remove(ArchiveName.segment(0, last));
    assertThat(look()).isEqualTo(LostSegments.NONE);
  }

  @Test
  void receiptsOfOldCutsGone_areNotMissed() throws Exception {
    for (long number = 1; number <= 3; number++) {
      sibling.files().remove(ArchiveName.receipt(0, number));
    }
    sweep.read(sibling);
    assertThat(look()).isEqualTo(LostSegments.NONE);
  }

  private ByteString forged() throws Exception {
    return new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3)
        .write(SliceHead.start(0), new TestLog(0, 77).batches(2))
        .file();
  }

  private void requireForked(String detail) throws Exception {
    ArchiveName first = ArchiveName.segment(0, 1);
    Map<ArchiveName, byte[]> before = new TreeMap<>(sibling.files());
    ByteString forged = forged();
    assertThatThrownBy(() -> link.deliver(first, forged))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("REPLICA_FORKED"))
        .hasMessageContaining(detail);
    assertThat(sibling.files()).isEqualTo(before);
  }

  @Test
  void otherContentForTheSamePlace_isAForkWhateverIsLost() throws Exception {
    ArchiveName first = ArchiveName.segment(0, 1);
    requireForked("signed for another");
    sibling.files().remove(first);
    requireForked("signed for another");
    sibling.files().put(first, new byte[] {1, 2, 3});
    requireForked("signed for another");
    sibling.files().remove(ArchiveName.receipt(0, 1));
    requireForked("continues another");
    sibling.files().remove(first);
    requireForked("continues another");
    sibling.files().put(first, whole.get(first));
    sibling.files().remove(ArchiveName.segment(0, 2));
    requireForked("another one is here");
  }

  @Test
  void otherSoundContentOnTheDisk_staysAndIsTold() throws Exception {
    ArchiveName first = ArchiveName.segment(0, 1);
    sibling.files().put(first, forged().toByteArray());
    sweep.read(sibling);
    assertThat(look().detail()).contains("REPLICA_MISMATCH");
    assertThat(mender.step().problem()).contains("REPLICA_FORKED");
    assertThat(erased).isEmpty();
  }

  @Test
  void headOfAFileDamaged_isPutBack_onlyWhereSomethingSaysWhatBelongsThere() throws Exception {
    ArchiveName first = ArchiveName.segment(0, 1);
    for (int at = 0; at < SignedStatement.PREFIX; at++) {
      byte[] bytes = whole.get(first).clone();
      bytes[at] ^= 1;
      sibling.files().put(first, bytes);
      sweep.read(sibling);
      nanos += Duration.ofHours(2).toNanos();
      assertThat(mender.step().problem()).as("byte %d", at).isEmpty();
      assertThat(sibling.read(first)).hasValue(whole.get(first));
    }
    byte[] signedByNobodyKnown = whole.get(first).clone();
    signedByNobodyKnown[KEY] ^= 1;
    sibling.files().put(first, signedByNobodyKnown);
    sibling.files().put(ArchiveName.segment(0, 2), new byte[3]);
    home.files().remove(ArchiveName.segment(0, 2));
    sibling.files().remove(ArchiveName.receipt(0, 1));
    sweep.read(sibling);
    nanos += Duration.ofHours(2).toNanos();
    assertThat(mender.step().problem()).contains("REPLICA_FORKED");
    assertThat(sibling.read(first)).hasValue(signedByNobodyKnown);
  }

  @Test
  void lostAtHomeToo_isToldAndTheOthersAreSent() throws Exception {
    sibling.files().remove(ArchiveName.segment(0, 2));
    sibling.files().remove(ArchiveName.segment(1, 2));
    byte[] kept = home.files().remove(ArchiveName.segment(0, 2));
    SegmentMender.Asked asked = mender.step();
    assertThat(asked.segments()).hasSize(2);
    assertThat(asked.problem()).contains("segments/00000/").contains("own archive");
    assertThat(sibling.read(ArchiveName.segment(1, 2))).isPresent();
    home.files().put(ArchiveName.segment(0, 2), kept);
    nanos += Duration.ofMinutes(2).toNanos();
    assertThat(mender.step().problem()).isEmpty();
    requireWhole();
  }

  @Test
  void stillAskedFor_isNotSentAgainAtOnce() throws Exception {
    sibling.files().remove(ArchiveName.segment(0, 2));
    List<ArchiveName> asked = look().named();
    var again = new SegmentMender(home, TestKeys.TRUST, new Asking(() -> asked), () -> nanos);
    int before = link.delivered();
    again.step();
    again.step();
    assertThat(link.delivered()).isEqualTo(before + 1);
    nanos += Duration.ofMinutes(1).toNanos();
    again.step();
    assertThat(link.delivered()).isEqualTo(before + 2);
  }

  @Test
  void nothingVouchesForAGap_otherContentIsNotKept_andTheLostOnesComeBackFromTheirEnd()
      throws Exception {
    for (long number = 1; number <= 2; number++) {
      sibling.files().remove(ArchiveName.segment(0, number));
      sibling.files().remove(ArchiveName.receipt(0, number));
    }
    Map<ArchiveName, byte[]> before = new TreeMap<>(sibling.files());
    ByteString forged = forged();
    assertThatThrownBy(() -> link.deliver(ArchiveName.segment(0, 1), forged))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("REPLICA_GAP"));
    assertThat(sibling.files()).isEqualTo(before);
    mender.step();
    for (long number = 1; number <= 2; number++) {
      ArchiveName name = ArchiveName.segment(0, number);
      assertThat(sibling.read(name)).hasValue(home.read(name).orElseThrow());
    }
  }

  @Test
  void lostWhereReceiptsWentWithOldCuts_comesBack_andNothingElseIsAskedForThen() throws Exception {
    sibling.put(ArchiveName.cut(1), cloud.make(moment).orElseThrow().file());
    for (long number = 1; number <= 4; number++) {
      sibling.files().remove(ArchiveName.receipt(0, number));
    }
    sibling.files().remove(ArchiveName.segment(0, 2));
    assertThat(look().count()).isEqualTo(1);
    assertThat(mender.step().problem()).isEmpty();
    assertThat(sibling.read(ArchiveName.segment(0, 2))).isPresent();
    assertThat(look()).isEqualTo(LostSegments.NONE);
  }

  @Test
  void oneThatIsNotAnswered_doesNotHoldUpTheOthersForEver() throws Exception {
    ArchiveName stuck = ArchiveName.segment(1, 3);
    sibling.files().remove(stuck);
    sibling.files().remove(ArchiveName.segment(0, 2));
    SiblingLink broken =
        new Asking(() -> look().named()) {
          @Override
          public Optional<ByteString> deliver(ArchiveName name, ByteString file)
              throws LinkException, RefusedException {
            if (name.equals(stuck)) {
              throw new LinkException("no space", null);
            }
            return super.deliver(name, file);
          }
        };
    var mending = new SegmentMender(home, TestKeys.TRUST, broken, () -> nanos);
    assertThat(mending.step().problem()).contains("no space");
    nanos += Duration.ofSeconds(5).toNanos();
    assertThat(mending.step().problem()).contains("no space");
    assertThat(sibling.read(ArchiveName.segment(0, 2))).isPresent();
  }
}
