package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A stored log taken apart, to be put together again with something wrong in it. Whoever forges
 * well numbers records and makes all hashes anew: {@link #chained()}.
 */
final class EditedLog {

  /** A row in pieces. */
  static final class Piece {
    LogRow row;
    LogBatch.Builder batch;
    List<Record.Builder> records = new ArrayList<>();
  }

  /** A record and the row it is in. */
  record Found(Piece piece, int index) {
    Record.Builder record() {
      return piece.records.get(index);
    }
  }

  private final Map<Integer, List<Piece>> slices = new TreeMap<>();

  EditedLog(StoredCloud stored) {
    stored.log().stream()
        .sorted(Comparator.comparingInt(LogRow::slice).thenComparingLong(LogRow::offset))
        .forEach(
            row -> slices.computeIfAbsent(row.slice(), s -> new ArrayList<>()).add(piece(row)));
  }

  private static Piece piece(LogRow row) {
    try {
      Piece piece = new Piece();
      piece.row = row;
      piece.batch = LogBatch.parseFrom(Bytes.unpack(row.encoding(), row.content())).toBuilder();
      for (ByteString record : piece.batch.getRecordList()) {
        piece.records.add(Record.parseFrom(record).toBuilder());
      }
      return piece;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** All rows of a slice. */
  List<Piece> slice(int slice) {
    return slices.get(slice);
  }

  /** A slice that has records of cases. */
  int anySlice(Random random) {
    List<Found> cases = cases();
    return cases.get(random.nextInt(cases.size())).piece().row.slice();
  }

  /** Every record of every case, in the order of the log. */
  List<Found> cases() {
    List<Found> found = new ArrayList<>();
    for (List<Piece> pieces : slices.values()) {
      for (Piece piece : pieces) {
        for (int i = 0; i < piece.records.size(); i++) {
          if (piece.records.get(i).getEntityType().equals("case")) {
            found.add(new Found(piece, i));
          }
        }
      }
    }
    return found;
  }

  /** Any record of a case. */
  Found any(Random random) {
    List<Found> all = cases();
    return all.get(random.nextInt(all.size()));
  }

  /** Records of the same case, in the order of the log. */
  List<Found> siblings(Found one) {
    return cases().stream()
        .filter(other -> other.record().getEntityId().equals(one.record().getEntityId()))
        .toList();
  }

  /** The rows as edited, hashes and numbers left as they were. */
  List<LogRow> raw() {
    List<LogRow> rows = new ArrayList<>();
    for (List<Piece> pieces : slices.values()) {
      for (Piece piece : pieces) {
        piece.batch.clearRecord();
        piece.records.forEach(record -> piece.batch.addRecord(record.build().toByteString()));
        rows.add(piece.row.withContent(piece.batch.build().toByteArray()));
      }
    }
    return rows;
  }

  /** The rows as edited, with offsets, sequences and hashes that fit together again. */
  List<LogRow> chained() {
    List<LogRow> rows = new ArrayList<>();
    Map<String, ByteString> heads = new HashMap<>();
    Map<String, Long> sequences = new HashMap<>();
    for (List<Piece> pieces : slices.values()) {
      ByteString previous = ByteString.EMPTY;
      long offset = 0;
      for (Piece piece : pieces) {
        piece.batch.clearRecord().setPreviousHash(previous);
        for (Record.Builder record : piece.records) {
          String entity = record.getEntityId();
          record.setSequence(sequences.merge(entity, 1L, Long::sum));
          record.setPreviousHash(heads.getOrDefault(entity, ByteString.EMPTY));
          ByteString bytes = record.build().toByteString();
          heads.put(entity, Bytes.sha256(bytes));
          piece.batch.addRecord(bytes);
        }
        ByteString bytes = piece.batch.build().toByteString();
        previous = Bytes.sha256(bytes);
        rows.add(piece.row.at(offset++).withContent(bytes.toByteArray()));
      }
    }
    return rows;
  }

  /** Puts a row under the name of another host. */
  static void rename(Piece piece, UUID host) {
    piece.row = piece.row.by(host, piece.row.nonce());
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(16);
    bytes.putLong(host.getMostSignificantBits()).putLong(host.getLeastSignificantBits()).flip();
    piece.batch.setIncarnation(ByteString.copyFrom(bytes));
  }
}
