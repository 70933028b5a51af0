package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.journal.v1.TakeOver;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutContent;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.CutWriter;
import govcloud.replication.archive.EntityHead;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.archive.SourceLogException;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.archive.WrittenSegment;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.statement.SigningKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A cloud's right files, and all that somebody could send instead of them. */
final class WrongFiles {
  private static final String ENTITY = "case/housing/permits/1";
  private static final long CLOCK = 1L << 40;

  private final KeyFolder keys;
  private final SigningKey signing;
  private final SigningKey other;
  private final ReplicaTrust trust;
  private final List<ByteString> batches = new ArrayList<>();
  private final List<WrittenSegment> segments = new ArrayList<>();
  private final ByteString manifest;
  private final ByteString cut;

  /** A file as it is sent. */
  record Sent(ArchiveName name, ByteString content) {
    Sent(ArchiveName name, byte[] file) {
      this(name, ByteString.copyFrom(file));
    }

    byte[] file() {
      return content.toByteArray();
    }
  }

  /**
   * The first files of a cloud.
   *
   * @param other the key of another cloud that is trusted
   */
  WrongFiles(KeyFolder keys, SigningKey other, ReplicaTrust trust) throws Exception {
    this.keys = keys;
    this.signing = keys.signing();
    this.other = other;
    this.trust = trust;
    batches.add(batch(LogBatch.newBuilder().setTakeOver(TakeOver.newBuilder().setNode("n")), 1));
    ByteString before = RecordHash.NONE;
    for (int sequence = 1; sequence <= 2; sequence++) {
      ByteString record = record(sequence, before);
      batches.add(batch(LogBatch.newBuilder().addRecord(record), 1 + sequence));
      before = RecordHash.of(record);
    }
    SliceHead head = SliceHead.start(0);
    for (ByteString batch : batches) {
      segments.add(written(head, batch));
      head = segments.get(segments.size() - 1).head();
    }
    manifest = Manifest.write(signing, 1, ByteString.EMPTY, heads(2), CLOCK);
    cut = cut(signing, 1, ByteString.EMPTY, 2, 1, "3");
    VaultKeys.create(keys, new SecureRandom());
  }

  private WrittenSegment written(SliceHead head, ByteString batch) throws Exception {
    return written(signing, head, batch);
  }

  private WrittenSegment written(SigningKey key, SliceHead head, ByteString batch)
      throws Exception {
    try (var epoch = keys.epoch()) {
      return new SegmentWriter(key, epoch, 1).write(head, List.of(batch));
    } catch (SourceLogException e) {
      throw new IllegalStateException(e);
    }
  }

  private ByteString batch(LogBatch.Builder batch, long nonce) {
    ByteString before =
        batches.isEmpty() ? RecordHash.NONE : RecordHash.of(batches.get(batches.size() - 1));
    return batch
        .setIncarnation(ByteString.copyFrom(new byte[16]))
        .setNonce(nonce)
        .setPreviousHash(before)
        .setHighestClock(CLOCK + nonce)
        .build()
        .toByteString();
  }

  private static ByteString record(long sequence, ByteString before) {
    return Record.newBuilder()
        .setTenant("housing")
        .setEntityType("case")
        .setEntityId(ENTITY)
        .setSequence(sequence)
        .setHybridClock(CLOCK + 1 + sequence)
        .setPreviousHash(before)
        .setSchemaVersion(1)
        .setManifest("case/1")
        .build()
        .toByteString();
  }

  private List<SliceHead> heads(int count) {
    return segments.subList(0, count).stream().map(WrittenSegment::head).toList();
  }

  /** Up to a segment, saying that the entity ends at a sequence. */
  private ByteString cut(
      SigningKey key, long number, ByteString previous, int segment, long sequence, String slices)
      throws Exception {
    ByteString chain = RecordHash.of(record(1, RecordHash.NONE));
    CutContent content =
        new CutContent(
            CLOCK + segment + 10 * number,
            List.of(segments.get(segment - 1).head()),
            Map.of("housing", Map.of(ENTITY, new EntityHead(sequence, chain))),
            List.of(),
            new TreeMap<>(Map.of("slices", slices)),
            new TreeMap<>(),
            CutDeletion.NONE,
            ManifestBeginning.NONE,
            false);
    try (var epoch = keys.epoch()) {
      return new CutWriter(key, epoch, 1).write(number, previous, content);
    }
  }

  /** What is right, in order; the third segment is not among it. */
  List<Sent> right() throws Exception {
    return List.of(
        segment(1, segments.get(0).file()),
        segment(2, segments.get(1).file()),
        manifest(1, manifest),
        cut(1, cut),
        vault(2));
  }

  private Sent vault(long number) throws Exception {
    try (VaultKeys vault = VaultKeys.read(keys)) {
      return sent(
          ArchiveName.vault(number),
          VaultCopy.write(number, vault, List.of(), signing, new SecureRandom()));
    }
  }

  private static Sent sent(ArchiveName name, ByteString file) {
    return new Sent(name, file.toByteArray());
  }

  private static Sent segment(long number, ByteString file) {
    return sent(ArchiveName.segment(0, number), file);
  }

  private static Sent manifest(long number, ByteString file) {
    return sent(ArchiveName.manifest(number), file);
  }

  private static Sent cut(long number, ByteString file) {
    return sent(ArchiveName.cut(number), file);
  }

  private static Sent changed(Sent right, int at) {
    byte[] file = right.file().clone();
    file[at < 0 ? file.length + at : at] ^= 1;
    return new Sent(right.name(), file);
  }

  private Sent third() {
    return segment(3, segments.get(2).file());
  }

  private ByteString hashOf(ByteString file) throws Exception {
    return Cut.verify(ArchiveName.cut(1), file.toByteArray(), trust).hash();
  }

  private ByteString hashOfManifest() throws Exception {
    return Manifest.verify(ArchiveName.manifest(1), manifest.toByteArray(), trust).hash();
  }

  /** A wrong file by what is wrong with it. */
  Sent wrong(String what) throws Exception {
    return what.startsWith("cut")
        ? wrongCut(what)
        : what.startsWith("manifest") ? wrongManifest(what) : wrongSegment(what);
  }

  private Sent wrongSegment(String what) throws Exception {
    SigningKey unknown = new SigningKey(signing.cloud(), new byte[32]);
    SliceHead end = segments.get(1).head();
    return switch (what) {
      case "segment: bit of the statement" -> changed(third(), 40);
      case "segment: bit of the content" -> changed(third(), -1);
      case "segment: unknown signer" -> segment(3, written(unknown, end, batches.get(2)).file());
      case "segment: of another cloud" -> segment(3, written(other, end, batches.get(2)).file());
      case "segment: truncated" -> new Sent(third().name(), Arrays.copyOf(third().file(), 20));
      case "segment: bytes behind it" ->
          new Sent(third().name(), Arrays.copyOf(third().file(), third().file().length + 5));
      case "segment: of another place" -> segment(4, segments.get(2).file());
      case "segment: gap" -> gap();
      case "segment: fork" -> segment(2, written(segments.get(0).head(), fork()).file());
      case "segment: a manifest" -> sent(third().name(), manifest);
      case "segment: newer version" -> changed(third(), 4);
      case "segment: huge statement" -> huge();
      case "receipt" -> new Sent(ArchiveName.receipt(0, 1), random());
      case "vault: rolled back" -> vault(1);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static byte[] random() {
    byte[] bytes = new byte[200];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private Sent huge() {
    byte[] file = third().file().clone();
    file[8] = 0x7f;
    return new Sent(third().name(), file);
  }

  private ByteString fork() {
    return LogBatch.newBuilder()
        .setTakeOver(TakeOver.newBuilder().setNode("forger"))
        .setIncarnation(ByteString.copyFrom(new byte[16]))
        .setNonce(9)
        .setPreviousHash(RecordHash.of(batches.get(0)))
        .setHighestClock(CLOCK + 9)
        .build()
        .toByteString();
  }

  private Sent gap() throws Exception {
    ByteString next =
        LogBatch.newBuilder()
            .setTakeOver(TakeOver.newBuilder().setNode("n"))
            .setIncarnation(ByteString.copyFrom(new byte[16]))
            .setNonce(9)
            .setPreviousHash(RecordHash.of(batches.get(2)))
            .setHighestClock(CLOCK + 9)
            .build()
            .toByteString();
    return segment(4, written(segments.get(2).head(), next).file());
  }

  private Sent wrongManifest(String what) throws Exception {
    ByteString second = Manifest.write(signing, 2, hashOfManifest(), heads(3), CLOCK);
    return switch (what) {
      case "manifest: bit of the statement" -> changed(manifest(2, second), 40);
      case "manifest: names what is missing" -> manifest(2, second);
      case "manifest: gap" ->
          manifest(3, Manifest.write(signing, 3, hashOfManifest(), heads(2), CLOCK));
      case "manifest: fork" ->
          manifest(1, Manifest.write(signing, 1, ByteString.EMPTY, heads(1), CLOCK));
      case "manifest: of another cloud" ->
          manifest(2, Manifest.write(other, 2, hashOfManifest(), heads(2), CLOCK));
      case "manifest: of another place" -> manifest(2, manifest);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private Sent wrongCut(String what) throws Exception {
    ByteString first = hashOf(cut);
    return switch (what) {
      case "cut: bit of the statement" -> changed(cut(2, cut(signing, 2, first, 2, 1, "3")), 40);
      case "cut: bit of the content" -> changed(cut(2, cut(signing, 2, first, 2, 1, "3")), -1);
      case "cut: names what is missing" -> cut(2, cut(signing, 2, first, 3, 2, "3"));
      case "cut: gap" -> cut(3, cut(signing, 3, first, 2, 1, "3"));
      case "cut: fork" -> cut(1, cut(signing, 1, ByteString.EMPTY, 2, 1, "4"));
      case "cut: not what the segments tell" -> cut(2, cut(signing, 2, first, 2, 7, "3"));
      case "cut: of another cloud" -> cut(2, cut(other, 2, first, 2, 1, "3"));
      case "cut: continues another one" -> cut(2, cut(signing, 2, RecordHash.of(cut), 2, 1, "3"));
      default -> throw new IllegalArgumentException(what);
    };
  }
}
