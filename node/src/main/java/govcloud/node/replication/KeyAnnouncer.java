package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.FileShipper.Delivered;
import govcloud.replication.statement.StatementKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;

/** Tells the sibling of this cloud's signing keys, and notes what it knows. Blocks. */
final class KeyAnnouncer {
  private final HomeArchive home;
  private final KeySuccession succession;
  private final FileShipper shipper;
  private final ApprovedKeys approved;

  /**
   * Nothing is told yet.
   *
   * @param approved which keys it may be told of
   */
  KeyAnnouncer(
      HomeArchive home, KeySuccession succession, FileShipper shipper, ApprovedKeys approved) {
    this.home = home;
    this.succession = succession;
    this.shipper = shipper;
    this.approved = approved;
  }

  /** Begins to announce; one node of the cloud does it. */
  void start(ActorSystem<?> system, ReplicationThreads threads, Duration pause) {
    var keeper = RepeatedWork.create("keys", this::announce, threads, pause);
    ClusterSingleton.get(system).init(SingletonActor.of(keeper, "key-announcer"));
  }

  /**
   * Archives and sends the statements about new keys; whether there was something to do.
   *
   * @throws KeyException with {@code KEY_NOT_APPROVED} when there is one that does not count, and
   *     with {@code KEY_STATEMENT_WRONG}, before anything is sent, when the archive has one that is
   *     none of this cloud's
   */
  boolean announce() throws Exception {
    long last = home.store().last(StatementKind.KEY, 0).map(ArchiveName::number).orElse(0L);
    requireOwn(Math.toIntExact(last));
    int refused = archive(Math.toIntExact(last));
    boolean any = false;
    Optional<Delivered> delivered = shipper.step();
    while (delivered.isPresent()) {
      any = true;
      if (delivered.get().answer().isPresent()) {
        succession.announced(Math.toIntExact(delivered.get().name().number()));
      }
      delivered = shipper.step();
    }
    if (refused > 0) {
      throw ApprovedKeys.notApproved(refused);
    }
    return any;
  }

  private void requireOwn(int last) throws Exception {
    for (int number = 1; number <= last; number++) {
      if (!approved.isOwn(number)) {
        throw ApprovedKeys.foreign(number);
      }
    }
  }

  /** Archives those that count, up to the first that does not; its number, or 0. */
  private int archive(int last) throws Exception {
    List<ByteString> statements = home.keys().statements();
    for (int number = last + 1; number <= statements.size(); number++) {
      if (!approved.counts(number)) {
        return number;
      }
      home.store().put(new ArchiveName(StatementKind.KEY, 0, number), statements.get(number - 1));
    }
    return 0;
  }
}
