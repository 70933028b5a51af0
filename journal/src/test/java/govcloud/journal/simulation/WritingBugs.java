package govcloud.journal.simulation;

import java.util.List;

/** Mistakes in taking over, appending, and settling what is unknown. */
final class WritingBugs {

  private WritingBugs() {}

  static final SeededBug TIMEOUT_IS_FAILURE =
      SeededBug.of(
          "timeoutIsFailure",
          "LogEnd",
          "} else { settle(offset, batch, won, lost); }",
          "} else { append(offset + 1, batch, won, lost); }");

  static final SeededBug SKIP_TAKE_OVER =
      SeededBug.of(
          "skipTakeOver",
          "SliceHost",
          "end.startAt(offset); end.readForward(this::takeOver);",
          "end.startAt(offset); end.readForward(this::serve);");

  static final SeededBug IGNORE_TAKE_OVER =
      SeededBug.of(
          "ignoreTakeOver",
          "SliceHost",
          "if (serving && batch.takeOver() &&",
          "if (stopped && batch.takeOver() &&");

  static final SeededBug ACKNOWLEDGE_BEFORE_APPEND =
      SeededBug.of(
          "acknowledgeBeforeAppend",
          "Appending",
          "List<Runnable> confirmed = takeConfirmations(); Batch batch =",
          "List<Runnable> confirmed = takeConfirmations(); acknowledge(offset); Batch batch =");

  static final SeededBug NO_READ_FORWARD =
      SeededBug.of(
          "noReadForward",
          "Appending",
          "host.absorb(row); if (host.running()) { end.readForward(this::attemptWhatFits); }",
          "end.advance(row); attempt();");

  static final SeededBug NO_HEAD_CHECK_AFTER_LOSS =
      SeededBug.of(
          "notFencedAfterLoss",
          "Appending",
          "host.absorb(row); if (host.running()) { end.readForward(this::attemptWhatFits); }",
          "end.advance(row); end.confirm(this::attemptWhatFits);");

  static final SeededBug NEW_NONCE_ON_RETRY =
      SeededBug.of(
          "newNonceOnRetry",
          "LogEnd",
          "decide(batch, row.get(), won, lost); } else { append(offset, batch, won, lost); }",
          "decide(batch, row.get(), won, lost); } else { append(offset, batch.takeOver() || batch.mark() ? batch :"
              + " Batch.ofRecords(batch.incarnation(), host.appending().nextNonce(),"
              + " batch.previousHash(), batch.highestClock(), batch.closedClock(), batch.entries()), won, lost); }");

  static final SeededBug MERGED_RETRY =
      SeededBug.of(
              "mergedRetry",
              "LogEnd",
              "decide(batch, row.get(), won, lost); } else { append(offset, batch, won, lost); }",
              "decide(batch, row.get(), won, lost); } else { append(offset, batch.takeOver() ||"
                  + " batch.mark() ? batch : Batch.ofRecords(batch.incarnation(), batch.nonce(),"
                  + " batch.previousHash(), batch.highestClock(), batch.closedClock(),"
                  + " host.appending().withWaiting(batch.entries())), won, lost); }")
          .and(
              "Appending",
              "private void finish(",
              "List<Entry> withWaiting(List<Entry> entries) {"
                  + " List<Entry> all = new ArrayList<>(entries);"
                  + " while (!queue.isEmpty() && host.heads().of(queue.peek().entityId()) != null) {"
                  + " Request next = queue.remove(); next.markSent(); flight.add(next);"
                  + " all.addAll(next.entries()); } return all; } private void finish(");

  static final SeededBug NO_HEAD_CHECK =
      SeededBug.of(
          "noHeadCheck", "Appending", "if (allFit()) {", "if (allFit() || !flight.isEmpty()) {");

  static final SeededBug REJECT_WITHOUT_READING =
      SeededBug.of(
          "rejectWithoutReading",
          "Appending",
          "host.end().confirm(this::attemptWhatFits);",
          "attemptWhatFits();");

  static final SeededBug UNKNOWN_HEAD_ACCEPTED =
      SeededBug.of(
          "unknownHeadAccepted",
          "Appending",
          "awaitHead(request); continue;",
          "Entry first = request.entries().get(0); host.heads().learn(request.entityId(),"
              + " new Head(first.sequence() - 1, first.record().getPreviousHash()));");

  static final SeededBug OURS_ONLY_AFTER_SERIAL =
      SeededBug.of(
          "oursOnlyAfterSerial",
          "LogEnd",
          "decide(batch, answer.row(), won, lost); } else { settle",
          "if (answer.applied()) { decide(batch, answer.row(), won, lost); } else {"
              + " lost.accept(answer.row()); } } else { settle");

  static final SeededBug UNKNOWN_CALLED_UNAVAILABLE =
      SeededBug.of("unknownCalledUnavailable", "Request", "fail( sent ?", "fail( born < 0 ?");

  static final SeededBug BATCH_IGNORES_ITSELF =
      SeededBug.of(
          "batchIgnoresItself",
          "Appending",
          "Head head = inBatch.get(request.entityId()); return head != null ? head :",
          "return");

  static final SeededBug HEADS_FORGOTTEN_WHILE_PENDING =
      SeededBug.of(
          "headsForgottenWhilePending",
          "Heads",
          "size() > remembered && !hasPending.test(entity) &&",
          "size() > remembered &&");

  static final SeededBug TAKE_OVER_WITHOUT_END =
      SeededBug.of(
          "takeOverWithoutSerial",
          "LogEnd",
          "if (row.isEmpty()) { lease.renew(begun);",
          "if (row.isEmpty() || !host.serving()) { lease.renew(begun);");

  static final SeededBug ANSWER_AFTER_STOP =
      SeededBug.of(
          "rejectedAfterPatience",
          "Appending",
          "request.giveUp(request.impatience())",
          "request.fail(request.impatience())");

  static List<SeededBug> all() {
    return List.of(
        TIMEOUT_IS_FAILURE,
        SKIP_TAKE_OVER,
        IGNORE_TAKE_OVER,
        ACKNOWLEDGE_BEFORE_APPEND,
        NO_READ_FORWARD,
        NO_HEAD_CHECK_AFTER_LOSS,
        NEW_NONCE_ON_RETRY,
        MERGED_RETRY,
        NO_HEAD_CHECK,
        REJECT_WITHOUT_READING,
        UNKNOWN_HEAD_ACCEPTED,
        OURS_ONLY_AFTER_SERIAL,
        UNKNOWN_CALLED_UNAVAILABLE,
        BATCH_IGNORES_ITSELF,
        HEADS_FORGOTTEN_WHILE_PENDING,
        TAKE_OVER_WITHOUT_END,
        ANSWER_AFTER_STOP);
  }
}
