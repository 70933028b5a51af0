package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.StatementKind;

/** A file whose signature and cloud were found right. */
final class Checked<T extends Message> {
  private final String name;
  private final byte[] file;
  private final SignedStatement signed;
  private final T statement;

  private Checked(String name, byte[] file, SignedStatement signed, T statement) {
    this.name = name;
    this.file = file;
    this.signed = signed;
    this.statement = statement;
  }

  /**
   * Reads a file and checks signature and cloud.
   *
   * @param signer the cloud that must have signed it
   */
  static <T extends Message> Checked<T> read(
      StatementKind kind,
      String name,
      byte[] file,
      ReplicaTrust trust,
      String signer,
      Parser<T> parser)
      throws DamagedReplicaException {
    if (file.length > ReplicaLimits.FILE) {
      throw new DamagedReplicaException(
          Finding.of(
              ReplicaDefect.REPLICA_TOO_LARGE,
              name,
              file.length + " bytes (expected: <= " + ReplicaLimits.FILE + ")"));
    }
    SignedStatement signed = SignedStatement.verify(kind, name, file, trust.keys());
    try {
      Checked<T> checked = new Checked<>(name, file, signed, parser.parseFrom(signed.statement()));
      if (!signed.signer().equals(signer)) {
        throw checked.cloudWrong("signed by " + signed.signer() + " (expected: " + signer + ")");
      }
      return checked;
    } catch (InvalidProtocolBufferException e) {
      throw new DamagedReplicaException(
          Finding.at(
              ReplicaDefect.REPLICA_STATEMENT_MALFORMED,
              name,
              SignedStatement.PREFIX,
              SignedStatement.PREFIX + signed.statement().size(),
              String.valueOf(e.getMessage())));
    }
  }

  /** What findings call it. */
  String name() {
    return name;
  }

  /** Its bytes; nobody changes them. */
  byte[] file() {
    return file;
  }

  /** Its signed beginning. */
  SignedStatement signed() {
    return signed;
  }

  /** The statement, decoded. */
  T statement() {
    return statement;
  }

  ByteString hash() {
    return signed.hash();
  }

  /** Refuses a statement that is not as the format asks. */
  void require(boolean condition, String detail) throws DamagedReplicaException {
    if (!condition) {
      throw about(ReplicaDefect.REPLICA_STATEMENT_MALFORMED, detail);
    }
  }

  /** Refuses bytes that are no hash. */
  void requireHash(ByteString hash, String what) throws DamagedReplicaException {
    require(hash.size() == ReplicaHash.LENGTH, what + ": " + hash.size() + " bytes (expected: 32)");
  }

  /** Refuses a statement that speaks of another cloud. */
  void requireCloud(String found, String expected) throws DamagedReplicaException {
    if (!found.equals(expected)) {
      throw cloudWrong("of " + found + " (expected: " + expected + ")");
    }
  }

  /** Refuses a file that lies under another one's name. */
  void requirePlace(boolean condition, String found) throws DamagedReplicaException {
    if (!condition) {
      throw about(ReplicaDefect.REPLICA_MISPLACED, "it is " + found);
    }
  }

  /** Refuses bytes behind the statement where nothing belongs. */
  void requireNoBody() throws DamagedReplicaException {
    if (file.length > signed.length()) {
      throw new DamagedReplicaException(
          Finding.at(
              ReplicaDefect.REPLICA_TRAILING_BYTES,
              name,
              signed.length(),
              file.length,
              file.length + " bytes (expected: " + signed.length() + ")"));
    }
  }

  private DamagedReplicaException cloudWrong(String detail) {
    return about(ReplicaDefect.REPLICA_CLOUD_WRONG, detail);
  }

  /** A finding about the statement. */
  DamagedReplicaException about(ReplicaDefect defect, String detail) {
    return new DamagedReplicaException(
        Finding.at(
            defect,
            name,
            SignedStatement.PREFIX,
            SignedStatement.PREFIX + signed.statement().size(),
            detail));
  }
}
