package govcloud.journal.reader;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.RecordHash;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.LogStore;
import govcloud.journal.core.Reply;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The log of one slice with records of one entity, for readers. */
final class InMemoryLog {

  private final List<Batch> rows = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();

  /** Adds a row with the entity's next records. */
  Batch add(int records) {
    long sequence = rows.stream().mapToLong(row -> row.entries().size()).sum();
    LogBatch.Builder log =
        LogBatch.newBuilder()
            .setIncarnation(ByteString.copyFrom(new byte[16]))
            .setNonce(rows.size())
            .setPreviousHash(rows.isEmpty() ? RecordHash.NONE : rows.get(rows.size() - 1).hash());
    for (int i = 1; i <= records; i++) {
      log.addRecord(
          Record.newBuilder()
              .setEntityId("case/a")
              .setSequence(sequence + i)
              .build()
              .toByteString());
    }
    try {
      Batch row = Batch.parse(log.build().toByteString());
      rows.add(row);
      return row;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  int size() {
    return rows.size();
  }

  /** How often rows were asked for. */
  int reads() {
    return reads.get();
  }

  /** Answers on an executor. */
  LogStore store(Executor executor) {
    return new Store(executor);
  }

  private final class Store implements LogStore {
    private final Executor executor;

    Store(Executor executor) {
      this.executor = executor;
    }

    @Override
    public void read(int slice, long offset, int limit, Reply<List<Batch>> reply) {
      reads.incrementAndGet();
      List<Batch> found = rows.stream().skip(offset).limit(limit).toList();
      executor.execute(() -> reply.receive(found, null));
    }

    @Override
    public void readSerial(int slice, long offset, Reply<Optional<Batch>> reply) {
      Optional<Batch> found = rows.stream().skip(offset).findFirst();
      executor.execute(() -> reply.receive(found, null));
    }

    @Override
    public void append(int slice, long offset, Batch batch, Reply<Appended> reply) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void trim(int slice, long offset, List<Batch> trimmed, Reply<Void> reply) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readWatermark(int slice, Reply<Long> reply) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void raiseWatermark(int slice, long offset, Reply<Void> reply) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readChunks(String entityId, long fromSequence, Reply<List<Chunk>> reply) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void readLastChunk(String entityId, Reply<Optional<Chunk>> reply) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void writeChunk(Chunk chunk, Reply<Void> reply) {
      throw new UnsupportedOperationException();
    }
  }
}
