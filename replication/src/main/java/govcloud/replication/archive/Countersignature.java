package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CountersignatureStatement;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;

/** The sibling's word that its own copy gives the same cut. */
public final class Countersignature {
  private final Checked<CountersignatureStatement> checked;

  private Countersignature(Checked<CountersignatureStatement> checked) {
    this.checked = checked;
  }

  /**
   * Signs a cut that was proved from the receiver's own segments.
   *
   * @param key the receiver's
   * @param comparedAt milliseconds since 1970
   */
  public static ByteString write(SigningKey key, Cut cut, long comparedAt) {
    CountersignatureStatement statement =
        CountersignatureStatement.newBuilder()
            .setOrigin(cut.statement().getOrigin())
            .setReceiver(key.cloud())
            .setNumber(cut.statement().getNumber())
            .setCutHash(cut.hash())
            .setRoot(cut.statement().getRoot())
            .setRecords(cut.statement().getRecords())
            .setComparedAt(comparedAt)
            .build();
    return SignedStatement.sign(StatementKind.COUNTERSIGNATURE, statement.toByteString(), key);
  }

  /**
   * Checks a file: signature, clouds, place, structure.
   *
   * @throws DamagedReplicaException with the first defect
   */
  public static Countersignature verify(ArchiveName name, byte[] file, ReplicaTrust trust)
      throws DamagedReplicaException {
    Checked<CountersignatureStatement> checked =
        Checked.read(
            StatementKind.COUNTERSIGNATURE,
            name.text(),
            file,
            trust,
            trust.receiver(),
            CountersignatureStatement.parser());
    CountersignatureStatement statement = checked.statement();
    checked.requireCloud(statement.getOrigin(), trust.origin());
    checked.requireCloud(statement.getReceiver(), trust.receiver());
    checked.requireHash(statement.getCutHash(), "cut hash");
    checked.requireHash(statement.getRoot(), "root");
    checked.requirePlace(
        statement.getNumber() == name.number(),
        "a countersignature of cut " + statement.getNumber());
    checked.requireNoBody();
    return new Countersignature(checked);
  }

  /**
   * Checks that it is of this cut.
   *
   * @throws DamagedReplicaException with {@code REPLICA_MISMATCH}
   */
  public void requireFor(Cut cut) throws DamagedReplicaException {
    CountersignatureStatement s = checked.statement();
    if (!s.getCutHash().equals(cut.hash())
        || !s.getRoot().equals(cut.statement().getRoot())
        || s.getRecords() != cut.statement().getRecords()) {
      throw checked.about(
          ReplicaDefect.REPLICA_MISMATCH, "of another cut (expected: the one of this number)");
    }
  }
}
