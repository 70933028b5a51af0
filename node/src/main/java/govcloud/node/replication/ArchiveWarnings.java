package govcloud.node.replication;

import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.store.Bucket;
import govcloud.replication.store.BucketLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** What is wrong with the places of archives: no room for more, or no lock against deletion. */
final class ArchiveWarnings {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveWarnings.class);
  private static final Duration LOOK = Duration.ofHours(1);

  private final Map<String, Bucket> buckets = new TreeMap<>();
  private final Map<String, String> unlocked = new ConcurrentSkipListMap<>();
  private final Duration retention;
  private final ReceivedQuota quota;

  /** Nothing has been asked yet. */
  ArchiveWarnings(
      Optional<Bucket> archive,
      Optional<Bucket> received,
      Duration retention,
      ReceivedQuota quota) {
    archive.ifPresent(bucket -> buckets.put("archive-bucket", bucket));
    received.ifPresent(bucket -> buckets.put("received-bucket", bucket));
    this.retention = retention;
    this.quota = quota;
  }

  /** Asks the buckets of a node, if it has any, now and every hour. */
  static ArchiveWarnings start(
      ActorSystem<?> system, ReplicationSettings settings, ReceivedQuota quota) {
    var warnings =
        new ArchiveWarnings(
            settings.archiveBucket(), settings.receivedBucket(), settings.cut().retention(), quota);
    if (!warnings.buckets.isEmpty()) {
      var looking =
          RepeatedWork.create(
              "bucket locks",
              warnings::look,
              ReplicationThreads.of(system, "bucket-locks", 1),
              Duration.ZERO,
              LOOK);
      system.systemActorOf(looking, "bucket-locks", Props.empty());
    }
    return warnings;
  }

  /** Asks every bucket; one that does not answer is as it was. */
  int look() {
    buckets.forEach(this::look);
    return unlocked.size();
  }

  private void look(String setting, Bucket bucket) {
    try (S3Client client = bucket.client()) {
      Optional<String> problem = BucketLock.problem(client, bucket, retention);
      if (problem.isPresent()) {
        unlocked.put(setting, bucket.name() + ": " + problem.get());
      } else {
        unlocked.remove(setting);
      }
    } catch (IOException | SdkException e) {
      LOG.warn("{} {}: {}", setting, bucket.name(), e.toString());
    }
  }

  /** What is to be told now. */
  List<ReplicationAlarm> alarms(Instant now) {
    List<ReplicationAlarm> alarms = new ArrayList<>();
    quota
        .warning()
        .ifPresent(
            used ->
                alarms.add(
                    new ReplicationAlarm(
                        ReplicationAlarm.Kind.RECEIVED_QUOTA, quota.origin(), used, now)));
    unlocked.forEach(
        (setting, detail) ->
            alarms.add(
                new ReplicationAlarm(
                    ReplicationAlarm.Kind.ARCHIVE_UNLOCKED, setting, detail, now)));
    return alarms;
  }
}
