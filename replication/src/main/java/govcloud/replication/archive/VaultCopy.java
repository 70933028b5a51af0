package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.protobuf.replica.v1.VaultPart;
import govcloud.protobuf.replica.v1.VaultStatement;
import govcloud.replication.keys.PartPlace;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import java.security.SecureRandom;
import java.util.List;

/**
 * A copy of the vault: the wrapped keys of all people at one moment, sealed under the vault's key,
 * which is in it for the recovery key alone. State and no history: a copy takes the place of the
 * one before.
 */
public final class VaultCopy {
  private static final int LEVEL = 1;

  private final Checked<VaultStatement> checked;

  private VaultCopy(Checked<VaultStatement> checked) {
    this.checked = checked;
  }

  /**
   * Makes a copy.
   *
   * @param number higher than that of every copy before
   * @param vault of the oldest generation under which one of these is wrapped
   * @param people the keys, wrapped
   * @return the file
   * @throws IllegalArgumentException when they are more than a file holds
   */
  public static ByteString write(
      long number,
      VaultKeys vault,
      List<PersonKey> people,
      SigningKey signingKey,
      SecureRandom random) {
    byte[] salt = new byte[ReplicaHash.SHORT];
    random.nextBytes(salt);
    VaultStatement.Builder statement =
        VaultStatement.newBuilder()
            .setOrigin(signingKey.cloud())
            .setNumber(number)
            .setSalt(ByteString.copyFrom(salt))
            .setGrant(vault.grant());
    try (PartSealer sealer = new PartSealer(LEVEL)) {
      sealer.add(VaultPart.newBuilder().addAllKey(people).build().toByteArray());
      statement.setPart(
          sealer.seal(0, vault.copyKey(place(signingKey.cloud(), number), statement.getSalt())));
      return UnsafeByteOperations.unsafeWrap(
          sealer.file(
              SignedStatement.sign(
                  StatementKind.VAULT, statement.build().toByteString(), signingKey)));
    }
  }

  private static PartPlace place(String origin, long number) {
    return new PartPlace(StatementKind.VAULT, origin, 0, number);
  }

  /**
   * Checks a file: signature, cloud, place, structure, every chunk. Needs no key.
   *
   * @throws DamagedReplicaException with the first defect
   */
  public static VaultCopy verify(ArchiveName name, byte[] file, ReplicaTrust trust)
      throws DamagedReplicaException {
    Checked<VaultStatement> checked =
        Checked.read(
            StatementKind.VAULT, name.text(), file, trust, trust.origin(), VaultStatement.parser());
    VaultStatement statement = checked.statement();
    checked.requireCloud(statement.getOrigin(), trust.origin());
    checked.require(
        statement.getSalt().size() == ReplicaHash.SHORT,
        "salt: " + statement.getSalt().size() + " bytes");
    checked.requirePlace(statement.getNumber() == name.number(), "copy " + statement.getNumber());
    Segment.checkGrant(checked, statement.getGrant(), trust);
    new SealedBody(checked, List.of(statement.getPart())).verify();
    return new VaultCopy(checked);
  }

  /** What it says of itself. */
  public VaultStatement statement() {
    return checked.statement();
  }

  /**
   * The keys of people, still wrapped.
   *
   * @param vault of the generation that the copy's grant has
   */
  public List<PersonKey> people(VaultKeys vault) throws DamagedReplicaException {
    byte[] text =
        new SealedBody(checked, List.of(statement().getPart()))
            .open(
                0,
                vault.copyKey(
                    place(statement().getOrigin(), statement().getNumber()),
                    statement().getSalt()));
    try {
      return VaultPart.parseFrom(text).getKeyList();
    } catch (InvalidProtocolBufferException e) {
      throw checked.about(ReplicaDefect.REPLICA_CONTENT_WRONG, "keys of people");
    }
  }
}
