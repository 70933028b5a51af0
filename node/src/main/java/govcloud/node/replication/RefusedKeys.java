package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.domain.operation.KeyRotation;
import govcloud.replication.keys.KeyException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies among a cloud's keys and does not count: written down once from each start of a node,
 * and told to operators for as long as it lies there. For several threads.
 */
final class RefusedKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedKeys.class);
  private static final long PATIENCE_SECONDS = 20;

  private final Function<AuditRecord, CompletionStage<Void>> trail;
  private final InstantSource clock;
  private final Map<String, ReplicationAlarm> refused = new ConcurrentHashMap<>();
  private final Set<String> written = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is refused yet.
   *
   * @param trail writes down that a key is refused
   */
  RefusedKeys(Function<AuditRecord, CompletionStage<Void>> trail, InstantSource clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Refuses something; blocks until it is written down. */
  void refuse(String subject, KeyException why) {
    Instant now = clock.instant();
    refused.computeIfAbsent(
        subject,
        one ->
            new ReplicationAlarm(
                ReplicationAlarm.Kind.KEY_REFUSED,
                one,
                why.defect() + ": " + why.getMessage(),
                now));
    String record = subject + " " + why.defect();
    if (written.contains(record)) {
      return;
    }
    try {
      trail
          .apply(record(now, subject, why))
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      written.add(record);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // the log may be away for a while; written at the next look
      LOG.warn("{} is refused, and that is not written down yet: {}", subject, e.toString());
    }
  }

  /** There is nothing to be refused of it any more. */
  void accept(String subject) {
    refused.remove(subject);
  }

  /** There are no other keys of a kind any more of which something is to be told. */
  void keep(KeyRotation.Kind kind, int first, int last) {
    refused.keySet().removeIf(subject -> isOutside(subject, kind, first, last));
  }

  private static boolean isOutside(String subject, KeyRotation.Kind kind, int first, int last) {
    if (!subject.startsWith("keys/" + kind.word() + "/")) {
      return false;
    }
    int number = KeyRotation.of(subject).number();
    return number < first || number > last;
  }

  /** What an operator has to look at. */
  List<ReplicationAlarm> alarms() {
    return List.copyOf(refused.values());
  }

  private static AuditRecord record(Instant now, String subject, KeyException why) {
    return new AuditRecord(
        now, "", "", "", "key-use", "", subject, Outcome.DENIED, why.defect().name(), "", "", 1);
  }
}
