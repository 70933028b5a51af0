package govcloud.node.replication;

import com.typesafe.config.Config;
import govcloud.node.replication.audit.AuditSettings;
import govcloud.node.replication.cut.CutSettings;
import govcloud.node.replication.drill.DrillSettings;
import govcloud.replication.store.Bucket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where the cloud keeps what it replicates, and who its sibling is; {@code govcloud.replication} in
 * the configuration.
 *
 * @param keysFolder keys of this cloud; none: nothing is sealed, archived or replicated
 * @param archiveFolder this cloud's own archive, the same for all of its nodes
 * @param archiveBucket where this cloud's own archive is instead, the folder then only holding what
 *     is under way
 * @param receivedFolder archive of what the sibling sends, the same for all nodes of this cloud
 * @param receivedBucket where that archive is instead, the folder then only holding the cards of
 *     both clouds and what may be lost
 * @param receivedReserve bytes that stay free on the disk of the received folder: with fewer,
 *     nothing more is taken in
 * @param receivedQuota bytes that the sibling may keep here; 0: no limit
 * @param sibling name of the sibling cloud; empty: this cloud has none
 * @param transport by which way files get to the sibling and answers come back
 * @param fileDrop that way by files, if it is chosen
 * @param siblingAddresses {@code host:port} of the sibling's listeners
 * @param host interface on which this node takes in what the sibling sends
 * @param port of that listener; 0 takes a free one
 * @param segmentBytes a segment is closed when its batches have so many bytes,
 * @param segmentAge or when its first batch was read so long ago; longer while the sibling is
 *     behind
 * @param manifestInterval how often the new segments are listed in a manifest
 * @param attachmentInterval how often the sibling is asked which attachments it lacks
 * @param bandwidth bytes a second that this node sends at most; 0: no limit
 * @param connections segments that this node sends at the same time
 * @param requestTimeout how long the sibling may take to answer
 * @param retryPause how long a slice waits after the sibling has not answered
 * @param zeroLoss what is done for changes of which nothing may be lost
 * @param cut when the whole cloud is cut
 * @param audit when log, chunks, archive and receipts are compared
 * @param drills where the reports of drills are
 * @param vaultTerm after which a generation of the vault's key is followed by the next, and
 *     destroyed
 * @param recoveryPointAlarm a record without receipt that is older than this is an alarm
 */
public record ReplicationSettings(
    Optional<Path> keysFolder,
    Optional<Path> archiveFolder,
    Optional<Bucket> archiveBucket,
    Optional<Path> receivedFolder,
    Optional<Bucket> receivedBucket,
    long receivedReserve,
    long receivedQuota,
    String sibling,
    Transport transport,
    FileDropSettings fileDrop,
    List<String> siblingAddresses,
    String host,
    int port,
    int segmentBytes,
    Duration segmentAge,
    Duration manifestInterval,
    Duration attachmentInterval,
    long bandwidth,
    int connections,
    Duration requestTimeout,
    Duration retryPause,
    ZeroLossSettings zeroLoss,
    CutSettings cut,
    AuditSettings audit,
    DrillSettings drills,
    Duration vaultTerm,
    Duration recoveryPointAlarm) {

  private static final String PATH = "govcloud.replication";
  private static final Duration PROMISE = Duration.ofSeconds(5);
  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 32 << 20;

  /** Checks every value; messages name key, value and expectation. */
  public ReplicationSettings {
    siblingAddresses = List.copyOf(siblingAddresses);
    require(
        keysFolder.isPresent() == archiveFolder.isPresent(),
        "archive-folder",
        archiveFolder.map(Path::toString).orElse(""),
        "set together with keys-folder");
    require(
        sibling.isEmpty() || (receivedFolder.isPresent() && keysFolder.isPresent()),
        "sibling",
        sibling,
        "keys-folder, archive-folder and received-folder too");
    if (transport == Transport.FILE_DROP) {
      fileDrop.requireFolders();
    }
    require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
    require(
        segmentBytes >= SMALLEST && segmentBytes <= LARGEST,
        "segment-bytes",
        segmentBytes,
        "1 KiB to 32 MiB");
    require(segmentAge.toMillis() >= 1, "segment-age", segmentAge, ">= 1 ms");
    require(manifestInterval.toMillis() >= 1, "manifest-interval", manifestInterval, ">= 1 ms");
    require(
        attachmentInterval.toMillis() >= 1, "attachment-interval", attachmentInterval, ">= 1 ms");
    require(connections >= 1 && connections <= 64, "connections", connections, "1 to 64");
    require(requestTimeout.toMillis() >= 1, "request-timeout", requestTimeout, ">= 1 ms");
    require(retryPause.toMillis() >= 1, "retry-pause", retryPause, ">= 1 ms");
    require(vaultTerm.toSeconds() >= 1, "vault-term", vaultTerm, ">= 1 s");
    require(
        recoveryPointAlarm.toMillis() >= 1, "recovery-point-alarm", recoveryPointAlarm, ">= 1 ms");
    siblingAddresses.forEach(
        address ->
            require(
                address.matches("[^:/\\s]+:\\d{1,5}"),
                "sibling-addresses",
                address,
                "host:port, without scheme"));
  }

  /** Reads {@code govcloud.replication}. */
  public static ReplicationSettings from(Config root) {
    var config = root.getConfig(PATH);
    return new ReplicationSettings(
        folder(config, "keys-folder"),
        folder(config, "archive-folder"),
        BucketSettings.from(root, PATH + ".archive-bucket"),
        folder(config, "received-folder"),
        BucketSettings.from(root, PATH + ".received-bucket"),
        config.getBytes("received-reserve"),
        config.getBytes("received-quota"),
        config.getString("sibling"),
        Transport.of(config.getString("transport")),
        FileDropSettings.from(root),
        config.getStringList("sibling-addresses"),
        config.getString("host"),
        config.getInt("port"),
        Math.toIntExact(config.getBytes("segment-bytes")),
        config.getDuration("segment-age"),
        config.getDuration("manifest-interval"),
        config.getDuration("attachment-interval"),
        config.getBytes("bandwidth"),
        config.getInt("connections"),
        config.getDuration("request-timeout"),
        config.getDuration("retry-pause"),
        ZeroLossSettings.from(root),
        CutSettings.from(root),
        AuditSettings.from(root),
        DrillSettings.from(root),
        config.getDuration("vault-term"),
        config.getDuration("recovery-point-alarm"));
  }

  /** Whether this cloud has a sibling. */
  public boolean hasSibling() {
    return !sibling.isEmpty();
  }

  /** Whether what is archived is brought to the sibling. */
  public boolean ships() {
    return hasSibling() && (transport == Transport.FILE_DROP || !siblingAddresses.isEmpty());
  }

  /** Where the cards of both clouds are kept beside what the sibling sends. */
  public Optional<Path> cards() {
    return receivedFolder.map(folder -> folder.resolve("cards"));
  }

  /** How long a slice waits before it looks for the sibling, or for its answer, again. */
  public Duration siblingPause() {
    return transport == Transport.FILE_DROP ? fileDrop.interval() : retryPause;
  }

  /** Within this time a record is at the sibling when all is well. */
  public Duration promise() {
    return transport == Transport.FILE_DROP ? recoveryPointAlarm : PROMISE;
  }

  private static Optional<Path> folder(Config config, String key) {
    return Optional.of(config.getString(key)).filter(path -> !path.isEmpty()).map(Path::of);
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          PATH + "." + key + ": " + value + " (expected: " + expected + ")");
    }
  }
}
