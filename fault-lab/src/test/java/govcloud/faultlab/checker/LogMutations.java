package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.v1.CaseChange;
import govcloud.protobuf.journal.v1.CaseCommit;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;

/** Everything that may be wrong with a log. Each gives other rows for other dice. */
final class LogMutations {

  private LogMutations() {}

  static Map<String, BiFunction<StoredCloud, Random, StoredCloud>> all() {
    Map<String, BiFunction<StoredCloud, Random, StoredCloud>> all = new LinkedHashMap<>();
    all.put("row dropped", LogMutations::rowDropped);
    all.put("rows exchanged", LogMutations::rowsExchanged);
    all.put("row moved away", LogMutations::rowMoved);
    all.put("bit flipped", LogMutations::bitFlipped);
    all.put("record dropped, chained anew", LogMutations::recordDropped);
    all.put("record doubled, chained anew", LogMutations::recordDoubled);
    all.put("records swapped, chained anew", LogMutations::recordsSwapped);
    all.put("record given another parent", LogMutations::anotherParent);
    all.put("wrong sequence", LogMutations::wrongSequence);
    all.put("moved to another tenant, chained anew", LogMutations::anotherTenant);
    all.put("tenant renamed in the record alone", LogMutations::tenantAlone);
    all.put("text forged, chained anew", LogMutations::textForged);
    all.put("key forged, chained anew", LogMutations::keyForged);
    all.put("tail truncated", LogMutations::tailTruncated);
    all.put("slice emptied", LogMutations::sliceEmptied);
    all.put("row of another host, chained anew", LogMutations::anotherHost);
    all.put("an old host comes back, chained anew", LogMutations::oldHostBack);
    all.put("host renamed in the columns alone", LogMutations::columnsAlone);
    all.put("clock goes back, chained anew", LogMutations::clockBack);
    return all;
  }

  private static StoredCloud rowDropped(StoredCloud stored, Random random) {
    List<LogRow> rows = new ArrayList<>(stored.log());
    long last = Long.MAX_VALUE;
    LogRow row;
    do {
      row = rows.get(random.nextInt(rows.size()));
      int slice = row.slice();
      last =
          rows.stream().filter(r -> r.slice() == slice).mapToLong(LogRow::offset).max().getAsLong();
    } while (row.offset() == last);
    rows.remove(row);
    return stored.withLog(rows);
  }

  private static StoredCloud rowsExchanged(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    List<EditedLog.Piece> pieces = log.slice(log.anySlice(random));
    int one = random.nextInt(pieces.size() - 1);
    EditedLog.Piece first = pieces.get(one);
    EditedLog.Piece second = pieces.get(one + 1);
    LogRow row = first.row;
    first.row = first.row.at(second.row.offset());
    second.row = second.row.at(row.offset());
    return stored.withLog(log.raw());
  }

  private static StoredCloud rowMoved(StoredCloud stored, Random random) {
    List<LogRow> rows = new ArrayList<>(stored.log());
    int at = random.nextInt(rows.size());
    rows.set(at, rows.get(at).at(rows.get(at).offset() + 5_000));
    return stored.withLog(rows);
  }

  private static StoredCloud bitFlipped(StoredCloud stored, Random random) {
    List<LogRow> rows = new ArrayList<>(stored.log());
    int slice = new EditedLog(stored).anySlice(random);
    List<LogRow> candidates =
        rows.stream().filter(row -> row.slice() == slice && row.content().length() > 80).toList();
    // The last row of a slice has nobody who names its hash; its records are known to clients.
    LogRow row = candidates.get(random.nextInt(Math.max(1, candidates.size() - 1)));
    byte[] plain = Bytes.unpack(row.encoding(), row.content()).toByteArray();
    plain[random.nextInt(plain.length)] ^= (byte) (1 << random.nextInt(8));
    rows.set(rows.indexOf(row), row.withContent(plain));
    return stored.withLog(rows);
  }

  private static StoredCloud recordDropped(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    EditedLog.Found found = log.any(random);
    found.piece().records.remove(found.index());
    return stored.withLog(log.chained());
  }

  private static StoredCloud recordDoubled(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    List<EditedLog.Found> siblings = log.siblings(log.any(random));
    EditedLog.Found last = siblings.get(siblings.size() - 1);
    Record.Builder copy =
        siblings.get(random.nextInt(siblings.size())).record().build().toBuilder();
    last.piece().records.add(copy);
    return stored.withLog(log.chained());
  }

  private static StoredCloud recordsSwapped(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    List<EditedLog.Found> siblings = log.siblings(log.any(random));
    int one = random.nextInt(siblings.size() - 1);
    EditedLog.Found first = siblings.get(one);
    EditedLog.Found second = siblings.get(one + 1 + random.nextInt(siblings.size() - one - 1));
    Record.Builder kept = first.record();
    first.piece().records.set(first.index(), second.record());
    second.piece().records.set(second.index(), kept);
    return stored.withLog(log.chained());
  }

  private static StoredCloud anotherParent(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    log.any(random).record().setPreviousHash(Bytes.sha256(ByteString.copyFromUtf8("nobody")));
    return stored.withLog(log.raw());
  }

  private static StoredCloud wrongSequence(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    Record.Builder record = log.any(random).record();
    record.setSequence(record.getSequence() + 1 + random.nextInt(3));
    return stored.withLog(log.raw());
  }

  private static StoredCloud anotherTenant(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    Record.Builder any = log.any(random).record();
    String entity = any.getEntityId();
    String from = any.getTenant();
    String to = from.equals("harbour") ? "transport" : "harbour";
    for (EditedLog.Found found : log.cases()) {
      if (found.record().getEntityId().equals(entity)) {
        found.record().setTenant(to).setEntityId(entity.replace(from, to));
      }
    }
    return stored.withLog(log.chained());
  }

  private static StoredCloud tenantAlone(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    log.any(random).record().setTenant("nobody");
    return stored.withLog(log.chained());
  }

  private static StoredCloud textForged(StoredCloud stored, Random random) {
    return payload(
        stored,
        random,
        commit -> {
          CaseChange.Builder change = commit.getChangesBuilder(0);
          switch (change.getKindCase()) {
            case CREATED -> change.getCreatedBuilder().setTitle("forged");
            case COMMENTED -> change.getCommentedBuilder().setText("forged");
            default -> change.getAssignedBuilder().setAssignee("forged");
          }
        });
  }

  private static StoredCloud keyForged(StoredCloud stored, Random random) {
    return payload(stored, random, commit -> commit.getHeaderBuilder().setIdempotencyKey("forged"));
  }

  private static StoredCloud payload(
      StoredCloud stored, Random random, java.util.function.Consumer<CaseCommit.Builder> change) {
    try {
      EditedLog log = new EditedLog(stored);
      Record.Builder record = log.any(random).record();
      CaseCommit.Builder commit = CaseCommit.parseFrom(record.getPayload()).toBuilder();
      change.accept(commit);
      record.setPayload(commit.build().toByteString());
      return stored.withLog(log.chained());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static StoredCloud tailTruncated(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    EditedLog.Found found = log.any(random);
    List<EditedLog.Piece> pieces = log.slice(found.piece().row.slice());
    pieces.subList(pieces.indexOf(found.piece()), pieces.size()).clear();
    return stored.withLog(log.raw());
  }

  private static StoredCloud sliceEmptied(StoredCloud stored, Random random) {
    int slice = new EditedLog(stored).anySlice(random);
    return stored.withLog(stored.log().stream().filter(row -> row.slice() != slice).toList());
  }

  private static StoredCloud anotherHost(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    EditedLog.rename(log.any(random).piece(), new UUID(random.nextLong(), random.nextLong()));
    return stored.withLog(log.chained());
  }

  private static StoredCloud oldHostBack(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    List<EditedLog.Piece> pieces = log.slice(log.anySlice(random));
    EditedLog.Piece first = pieces.get(0);
    EditedLog.Piece again = new EditedLog.Piece();
    again.row = first.row;
    again.batch = first.batch.build().toBuilder();
    pieces.add(again);
    return stored.withLog(log.chained());
  }

  private static StoredCloud columnsAlone(StoredCloud stored, Random random) {
    List<LogRow> rows = new ArrayList<>(stored.log());
    int at = random.nextInt(rows.size());
    rows.set(at, rows.get(at).by(new UUID(1, 2), rows.get(at).nonce()));
    return stored.withLog(rows);
  }

  private static StoredCloud clockBack(StoredCloud stored, Random random) {
    EditedLog log = new EditedLog(stored);
    EditedLog.Piece piece = log.any(random).piece();
    piece.batch.setHighestClock(0);
    return stored.withLog(log.chained());
  }
}
