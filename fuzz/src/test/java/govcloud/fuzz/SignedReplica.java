package govcloud.fuzz;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.Manifest;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * Files of a replica whose signature is right whatever is in them: a sibling that lies, and the
 * only way for chance behind the signature. An input is a kind, the length of the statement in four
 * bytes, the statement, and the body.
 */
final class SignedReplica {

  private static final SigningKey ORIGIN = new SigningKey("harbour", new byte[32]);
  private static final SigningKey RECEIVER = new SigningKey("mountain", seed());
  private static final ReplicaTrust TRUST =
      new ReplicaTrust(
          "harbour",
          "mountain",
          new TrustedKeys(List.of(TrustedKey.of(ORIGIN), TrustedKey.of(RECEIVER))),
          Set.of());
  private static final int HEAD = 5;

  private SignedReplica() {}

  private static byte[] seed() {
    var seed = new byte[32];
    seed[0] = 1;
    return seed;
  }

  static void read(byte[] input) throws DamagedReplicaException {
    if (input.length < HEAD) {
      return;
    }
    var kinds = StatementKind.values();
    var kind = kinds[Byte.toUnsignedInt(input[0]) % kinds.length];
    var most = input.length - HEAD;
    var length = (int) (Integer.toUnsignedLong(ByteBuffer.wrap(input, 1, 4).getInt()) % (most + 1));
    var statement = ByteString.copyFrom(input, HEAD, length);
    var body = ByteString.copyFrom(input, HEAD + length, most - length);
    switch (kind) {
      case SEGMENT -> Segment.verify(ArchiveName.segment(0, 1), file(kind, statement, body), TRUST);
      case MANIFEST -> Manifest.verify(ArchiveName.manifest(1), file(kind, statement, body), TRUST);
      case CUT -> Cut.verify(ArchiveName.cut(1), file(kind, statement, body), TRUST);
      case RECEIPT -> Receipt.verify(ArchiveName.receipt(0, 1), file(kind, statement, body), TRUST);
      case COUNTERSIGNATURE ->
          Countersignature.verify(
              ArchiveName.countersignature(1), file(kind, statement, body), TRUST);
      case VAULT -> VaultCopy.verify(ArchiveName.vault(1), file(kind, statement, body), TRUST);
      default -> SignedStatement.verify(kind, "key", statement.toByteArray(), TRUST.keys());
    }
  }

  private static byte[] file(StatementKind kind, ByteString statement, ByteString body) {
    var ofReceiver = kind == StatementKind.RECEIPT || kind == StatementKind.COUNTERSIGNATURE;
    return SignedStatement.sign(kind, statement, ofReceiver ? RECEIVER : ORIGIN)
        .concat(body)
        .toByteArray();
  }

  /** An input that means the same as a file that somebody else has signed. */
  static byte[] input(StatementKind kind, byte[] file) {
    var length = ByteBuffer.wrap(file).getInt(SignedStatement.PREFIX - 20);
    var body = SignedStatement.PREFIX + length + SignedStatement.SIGNATURE;
    return ByteBuffer.allocate(HEAD + length + file.length - body)
        .put((byte) List.of(StatementKind.values()).indexOf(kind))
        .putInt(length)
        .put(file, SignedStatement.PREFIX, length)
        .put(file, body, file.length - body)
        .array();
  }
}
