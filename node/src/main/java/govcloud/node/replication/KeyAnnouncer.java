package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.shipping.FileShipper;
import govcloud.replication.shipping.FileShipper.Delivered;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.statement.StatementKind;
import java.util.List;
import java.util.Optional;

/** Tells the sibling of this cloud's signing keys, and notes what it knows. Blocks. */
final class KeyAnnouncer {
  private final HomeArchive home;
  private final KeySuccession succession;
  private final FileShipper shipper;

  KeyAnnouncer(HomeArchive home, KeySuccession succession, FileShipper shipper) {
    this.home = home;
    this.succession = succession;
    this.shipper = shipper;
  }

  /** Archives and sends the statements about new keys; whether there was something to do. */
  boolean announce() throws KeyException, ArchiveStoreException, LinkException, RefusedException {
    archive();
    boolean any = false;
    Optional<Delivered> delivered = shipper.step();
    while (delivered.isPresent()) {
      any = true;
      if (delivered.get().answer().isPresent()) {
        succession.announced(Math.toIntExact(delivered.get().name().number()));
      }
      delivered = shipper.step();
    }
    return any;
  }

  private void archive() throws KeyException, ArchiveStoreException {
    List<ByteString> statements = home.keys().statements();
    long last = home.store().last(StatementKind.KEY, 0).map(ArchiveName::number).orElse(0L);
    for (long number = last + 1; number <= statements.size(); number++) {
      home.store()
          .put(
              new ArchiveName(StatementKind.KEY, 0, number),
              statements.get(Math.toIntExact(number - 1)));
    }
  }
}
