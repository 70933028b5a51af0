package govcloud.node.replication;

import govcloud.node.NodeContext;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.cut.Countersigner;
import govcloud.replication.receiving.Receiver;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;

/** What this cloud does for its sibling: takes in and keeps what that one sends. */
final class SiblingSide {
  private SiblingSide() {}

  /**
   * Begins to take in.
   *
   * @throws IllegalArgumentException when files cannot be kept, beginning with the setting's name
   */
  static void start(
      NodeContext context, ReplicationSettings settings, HomeArchive home, SiblingCloud sibling) {
    ReplicaIntake intake = intake(context, settings, home, sibling);
    var address =
        ReplicaListener.start(context.system(), settings, sibling, intake)
            .toCompletableFuture()
            .join()
            .localAddress();
    context.system().log().info("replication: {} is received at {}", sibling.name(), address);
  }

  private static ReplicaIntake intake(
      NodeContext context, ReplicationSettings settings, HomeArchive home, SiblingCloud sibling) {
    Path folder = settings.receivedFolder().orElseThrow();
    try {
      ArchiveStore received = FileSystemArchiveStore.open(folder);
      home.keepCards(sibling.name(), folder.resolve("cards"));
      return new ReplicaIntake(
          new Receiver(received, sibling.incoming(), home.signing(), context.clock()),
          new Countersigner(
              received,
              sibling.incoming(),
              home.signing(),
              folder.resolve("cut-checkpoint"),
              context.clock()),
          folder,
          settings.receivedReserve());
    } catch (ArchiveStoreException e) {
      throw HomeArchive.wrong("received-folder", e.getMessage(), "a folder that can be written", e);
    }
  }
}
