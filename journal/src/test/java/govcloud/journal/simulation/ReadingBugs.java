package govcloud.journal.simulation;

import java.util.List;

/** Mistakes in chunks, recoveries, scans, readers and trimming. */
final class ReadingBugs {

  private ReadingBugs() {}

  static final SeededBug WATERMARK_BEFORE_CHUNKS =
      SeededBug.of(
          "watermarkBeforeChunks",
          "Chunking",
          "target = Math.min(target, of.records.getFirst().offset);",
          "target = Math.min(target, of.records.getLast().offset);");

  static final SeededBug CHUNK_NOT_AWAITED =
      SeededBug.of(
          "chunkNotAwaited",
          "Chunking",
          "nothing -> written(entity, of, entries.size()), host::damaged);",
          "nothing -> {}, host::damaged); written(entity, of, entries.size());");

  static final SeededBug TWO_CHUNKS_AT_ONCE =
      SeededBug.of(
          "twoChunksOfAnEntityAtOnce",
          "Chunking",
          "if (of != null && of.writing) { continue; }",
          "");

  static final SeededBug CHUNK_KEY_FROM_ONLY =
      SeededBug.of(
          "chunkKeyFromOnly",
          "Tables",
          "chunk.toSequence() + \"-\" + chunk.fromSequence()",
          "\"-\" + chunk.fromSequence()");

  static final SeededBug RECOVERY_WITHOUT_CONFIRMATION =
      SeededBug.of(
          "recoveryWithoutConfirmation",
          "Recoveries",
          "void begin() { host.appending().confirm(this::read); }",
          "void begin() { read(); }");

  static final SeededBug RECOVERY_READS_MEMORY_LAST =
      SeededBug.of("recoveryReadsMemoryLast", "Recoveries", "history.addAll(pending);", "")
          .and(
              "Recoveries",
              "history.addChunks(chunks); finish",
              "history.addChunks(chunks);"
                  + " history.addAll(host.chunking().pendingOf(entityId)); finish");

  static final SeededBug DAMAGE_LOOKED_AT_ONCE =
      SeededBug.of("damageLookedAtOnce", "Recoveries", "if (again) {", "if (!again) {");

  static final SeededBug RECOVERY_TRUSTS_MEMORY =
      SeededBug.of(
          "recoveryTrustsMemory",
          "Recoveries",
          "if (!pending.isEmpty() && pending.get(0).sequence() <= history.anchor()) {",
          "if (!pending.isEmpty()) {");

  static final SeededBug SCAN_WITHOUT_SERIAL =
      SeededBug.of(
          "scanWithoutSerial",
          "EntityScan",
          "if (batches.isEmpty()) { confirm(offset); }",
          "if (batches.isEmpty()) { finish(); }");

  static final SeededBug SCAN_READS_CHUNKS_FIRST =
      SeededBug.of(
              "scanReadsChunksFirst",
              "EntityScan",
              "r -> store.readWatermark(slice, r), this::readChunks, this::fail);",
              "r -> r.succeed(0L), this::readChunks, this::fail);")
          .and(
              "EntityScan",
              "history.addChunks(chunks); readLog(watermark);",
              "history.addChunks(chunks); repeating.<Long>ask(wanted,"
                  + " r -> store.readWatermark(slice, r), this::readLog, this::fail);");

  static final SeededBug READER_SKIPS_REST_OF_BATCH =
      SeededBug.of(
          "readerSkipsRestOfBatch",
          "SliceCursor",
          "fromStart ? 0 : Position.of(afterPosition).offset();",
          "fromStart ? 0 : Position.of(afterPosition).offset() + 1;");

  static final SeededBug READER_REPEATS =
      SeededBug.of(
          "readerRepeats",
          "SliceCursor",
          "if (position > afterPosition)",
          "if (position >= afterPosition)");

  static final SeededBug READER_SKIPS_GAP =
      SeededBug.of(
              "readerSkipsGap",
              "Tables",
              "observer.missed(at); } break;",
              "observer.missed(at); continue; } break;")
          .and("SliceCursor", "if (lastHash != null &&", "if (lastHash == RecordHash.NONE &&");

  static final SeededBug ROWS_REMOVED =
      SeededBug.of(
          "pruneLog",
          "Tables",
          "store(rows.get(offset + i), stubs.get(i));",
          "rows.remove(offset + i);");

  static final SeededBug TRIM_PAST_WATERMARK =
      SeededBug.of(
          "trimPastWatermark",
          "Trimming",
          "Math.min(read, Math.min(kept, host.chunking().raised()));",
          "Math.min(read, kept);");

  static final SeededBug TRIM_PAST_READER =
      SeededBug.of(
          "trimPastReader",
          "Trimming",
          "Math.min(read, Math.min(kept, host.chunking().raised()));",
          "Math.min(kept, host.chunking().raised());");

  static final SeededBug TRIM_READERS_ROW =
      SeededBug.of(
          "trimReadersRow",
          "Trimming",
          "slowest < 0 ? 0 : Position.of(slowest).offset();",
          "slowest < 0 ? 0 : Position.of(slowest).offset() + 1;");

  static final SeededBug STUB_WITHOUT_HASH =
      SeededBug.of(
          "stubWithoutHash",
          "Batch",
          "entries.size(), left, hash);",
          "entries.size(), left, RecordHash.of(left));");

  static final SeededBug SCAN_PASSES_STUBS =
      SeededBug.of(
          "scanPassesStubs",
          "EntityScan",
          "if (batches.stream().anyMatch(Batch::trimmed)) {",
          "if (batches.isEmpty()) {");

  static final SeededBug HOST_PASSES_STUBS =
      SeededBug.of("hostPassesStubs", "SliceHost", "if (batch.trimmed()) {", "if (stopped) {");

  static List<SeededBug> all() {
    return List.of(
        WATERMARK_BEFORE_CHUNKS,
        CHUNK_NOT_AWAITED,
        TWO_CHUNKS_AT_ONCE,
        CHUNK_KEY_FROM_ONLY,
        RECOVERY_WITHOUT_CONFIRMATION,
        RECOVERY_READS_MEMORY_LAST,
        DAMAGE_LOOKED_AT_ONCE,
        RECOVERY_TRUSTS_MEMORY,
        SCAN_WITHOUT_SERIAL,
        SCAN_READS_CHUNKS_FIRST,
        READER_SKIPS_REST_OF_BATCH,
        READER_REPEATS,
        READER_SKIPS_GAP,
        ROWS_REMOVED,
        TRIM_PAST_WATERMARK,
        TRIM_PAST_READER,
        TRIM_READERS_ROW,
        STUB_WITHOUT_HASH,
        SCAN_PASSES_STUBS,
        HOST_PASSES_STUBS);
  }
}
