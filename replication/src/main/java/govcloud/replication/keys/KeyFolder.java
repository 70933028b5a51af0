package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.TrustedKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a cloud holds while it works, as files of mode 0600 in one folder: signing keys and
 * the secrets of each epoch. Files are only ever added. The private half of the recovery key is
 * never here.
 */
public final class KeyFolder {
  private static final String SIGNING = "govcloud signing key";
  private static final String EPOCH = "govcloud epoch secrets";
  private static final int MOST = 1 << 16;

  private final Path folder;

  /** The keys in a folder. */
  public KeyFolder(Path folder) {
    this.folder = folder;
  }

  /** Where the keys are. */
  public Path folder() {
    return folder;
  }

  /** Whether keys were made here. */
  public boolean exists() {
    return Files.exists(recoveryFile());
  }

  /**
   * Makes the first signing key and the first epoch.
   *
   * @throws KeyException when keys are there already
   */
  void create(PublicRecovery recovery, SecureRandom random) throws KeyException {
    SecretFiles.folder(folder);
    SecretFiles.writePublic(recoveryFile(), recovery.toFile());
    byte[] index = secret(random);
    try {
      addEpoch(recovery, 1, index, random);
    } finally {
      Arrays.fill(index, (byte) 0);
    }
    byte[] seed = secret(random);
    SigningKey key = new SigningKey(recovery.cloud(), seed);
    writeSigning(1, key, seed, KeyStatements.first(key));
    LinkIdentity.create(this, recovery.cloud(), random);
  }

  /** Certificate and private key by which the sibling knows this cloud on the wire. */
  public LinkIdentity link() throws KeyException {
    return LinkIdentity.read(this);
  }

  /** What a sibling has to know of this cloud. */
  public CloudCard card() throws KeyException {
    return new CloudCard(recovery().cloud(), recovery(), statements(), link().certificate());
  }

  /**
   * Trusts a cloud as sibling; its fingerprints must have been compared before.
   *
   * @throws KeyException when the card is wrong, or another first key of this cloud was trusted
   */
  public void trust(CloudCard card) throws KeyException {
    siblings().trust(card);
  }

  /** The card of a cloud that is trusted as sibling. */
  public CloudCard sibling(String cloud) throws KeyException {
    return siblings().read(cloud);
  }

  /** The last cards of those sites of a sibling that were given up, the oldest first. */
  public List<CloudCard> givenUpSites(String cloud) throws KeyException {
    return siblings().givenUp(cloud);
  }

  /**
   * Takes nothing in from a sibling any more, so that nothing is added to the replica from which it
   * is being recovered. Ends when the card of its recovered site is trusted.
   */
  public void hold(String cloud) throws KeyException {
    siblings().hold(cloud);
  }

  boolean isHeld(String cloud) {
    return siblings().isHeld(cloud);
  }

  /** Takes in again what a sibling sends: it is not recovered after all. */
  public void release(String cloud) throws KeyException {
    siblings().release(cloud);
  }

  private SiblingCards siblings() {
    return new SiblingCards(folder.resolve("siblings"));
  }

  /** Adds an epoch with new secrets; what was sealed before stays as it is. */
  public int rotateEpoch(SecureRandom random) throws KeyException {
    int last = last("epoch-", ".key");
    byte[] index;
    try (EpochKeys keys = epoch(last)) {
      index = keys.indexSecret();
    }
    try {
      addEpoch(recovery(), last + 1, index, random);
    } finally {
      Arrays.fill(index, (byte) 0);
    }
    completeGrants();
    return last + 1;
  }

  /** Grants the drill key, if there is one, the epochs that it was not granted yet. */
  public void completeGrants() throws KeyException {
    DrillGrants drill = new DrillGrants(this);
    if (drill.exists()) {
      drill.complete();
    }
  }

  /** Adds a signing key that the one before vouches for. */
  public int rotateSigning(SecureRandom random) throws KeyException {
    SigningKey before = signing();
    return addSigning(
        (key, number, previous) -> KeyStatements.next(key, number, before, previous), random);
  }

  /** Makes the statement about a new key. */
  private interface Vouching {
    ByteString statement(SigningKey key, int number, ByteString previous);
  }

  private int addSigning(Vouching vouching, SecureRandom random) throws KeyException {
    int number = newestSigning() + 1;
    byte[] seed = secret(random);
    SigningKey key = new SigningKey(recovery().cloud(), seed);
    ByteString previous = ByteString.copyFrom(SecretFiles.read(statementFile(number - 1)));
    writeSigning(number, key, seed, vouching.statement(key, number, previous));
    return number;
  }

  /**
   * Makes the keys of a cloud whose site was lost: all its epochs and a new one, and a new signing
   * key for which the recovery key vouches. That begins a new site epoch.
   *
   * @param card of the lost cloud, as its sibling has it
   * @param secrets joined from shares
   * @param grants one of each epoch, in order
   * @param end where the files of the lost site end
   * @throws KeyException when keys are there already, or a grant does not open
   */
  public void recover(
      CloudCard card,
      RecoverySecrets secrets,
      List<KeyGrant> grants,
      SiteEnd end,
      SecureRandom random)
      throws KeyException {
    if (exists()) {
      throw new KeyException(
          KeyDefect.KEY_FILE_EXISTS, folder + " has keys (expected: an empty folder)");
    }
    SecretFiles.folder(folder);
    for (KeyGrant grant : grants) {
      try (EpochKeys keys = secrets.open(grant)) {
        writeEpoch(grant, keys.epochSecret(), keys.indexSecret());
      }
    }
    for (int number = 1; number <= card.statements().size(); number++) {
      SecretFiles.writePublic(
          statementFile(number), card.statements().get(number - 1).toByteArray());
    }
    SecretFiles.writePublic(recoveryFile(), card.recovery().toFile());
    rotateEpoch(random);
    SigningKey signer = secrets.signer();
    addSigning(
        (key, number, previous) -> KeyStatements.recovered(key, number, signer, previous, end),
        random);
    LinkIdentity.create(this, card.cloud(), random);
  }

  /** The newest signing key. */
  public SigningKey signing() throws KeyException {
    return signing(newestSigning());
  }

  /** The number of the newest signing key; they count from 1. */
  public int newestSigning() throws KeyException {
    return last("signing-", ".gkey");
  }

  /** The newest epoch's keys; the caller closes them. */
  public EpochKeys epoch() throws KeyException {
    return epoch(last("epoch-", ".key"));
  }

  /**
   * The keys of the epoch that a file names; the caller closes them.
   *
   * @throws KeyException when this cloud does not have them, or has others of this number
   */
  public EpochKeys epoch(KeyGrant grant) throws KeyException {
    EpochKeys keys = epoch(grant.getEpoch());
    if (!keys.grant().getEpochKey().equals(grant.getEpochKey())) {
      keys.close();
      throw new KeyException(
          KeyDefect.KEY_FILE_DAMAGED,
          "epoch-" + grant.getEpoch() + ".key (expected: the secrets that the file names)");
    }
    return keys;
  }

  /**
   * An epoch's keys by the name that its grant has; the caller closes them.
   *
   * @param epochKey 16 bytes
   */
  public Optional<EpochKeys> epoch(ByteString epochKey) throws KeyException {
    for (int number = last("epoch-", ".key"); number >= 1; number--) {
      EpochKeys keys = epoch(number);
      if (keys.grant().getEpochKey().equals(epochKey)) {
        return Optional.of(keys);
      }
      keys.close();
    }
    return Optional.empty();
  }

  /** What everybody may know of the recovery key. */
  public PublicRecovery recovery() throws KeyException {
    return PublicRecovery.parse(SecretFiles.read(recoveryFile()));
  }

  /** The statements about all signing keys, in order; what a sibling needs to check signatures. */
  public List<ByteString> statements() throws KeyException {
    List<ByteString> statements = new ArrayList<>();
    int last = newestSigning();
    for (int number = 1; number <= last; number++) {
      statements.add(ByteString.copyFrom(SecretFiles.read(statementFile(number))));
    }
    return statements;
  }

  /** All signing keys, each vouched for by the one before. */
  public List<TrustedKey> signingKeys() throws KeyException {
    List<ByteString> statements = statements();
    PublicRecovery recovery = recovery();
    return KeyStatements.verify(
        recovery.cloud(), KeyStatements.firstKey(statements), recovery.signer(), statements);
  }

  /** The sealed secrets of all epochs, in order. */
  public List<KeyGrant> grants() throws KeyException {
    List<KeyGrant> grants = new ArrayList<>();
    int last = last("epoch-", ".key");
    for (int number = 1; number <= last; number++) {
      try (EpochKeys keys = epoch(number)) {
        grants.add(keys.grant());
      }
    }
    return grants;
  }

  /** The names of all epochs' secrets, in order; 16 bytes each. */
  public List<ByteString> epochs() throws KeyException {
    return grants().stream().map(KeyGrant::getEpochKey).toList();
  }

  private void addEpoch(PublicRecovery recovery, int number, byte[] index, SecureRandom random)
      throws KeyException {
    byte[] epochSecret = secret(random);
    byte[] both = Arrays.copyOf(epochSecret, 2 * RecoveryKey.LENGTH);
    System.arraycopy(index, 0, both, RecoveryKey.LENGTH, RecoveryKey.LENGTH);
    byte[] name = new byte[ReplicaHash.SHORT];
    random.nextBytes(name);
    KeyGrant grant = recovery.key().seal(recovery.cloud(), number, ByteString.copyFrom(name), both);
    Arrays.fill(both, (byte) 0);
    writeEpoch(grant, epochSecret, index.clone());
  }

  /** Writes an epoch's file, and wipes the secrets. */
  private void writeEpoch(KeyGrant grant, byte[] epochSecret, byte[] index) throws KeyException {
    try (KeyFile file = new KeyFile(EPOCH)) {
      byte[] text =
          file.bytes("grant", grant.toByteArray())
              .bytes("epoch-secret", epochSecret)
              .bytes("index-secret", index)
              .toBytes();
      SecretFiles.write(folder.resolve("epoch-" + grant.getEpoch() + ".key"), text);
      Arrays.fill(text, (byte) 0);
    } finally {
      Arrays.fill(epochSecret, (byte) 0);
      Arrays.fill(index, (byte) 0);
    }
  }

  private EpochKeys epoch(int number) throws KeyException {
    byte[] text = SecretFiles.readSecret(folder.resolve("epoch-" + number + ".key"));
    try (KeyFile file = KeyFile.parse(EPOCH, text)) {
      byte[] epochSecret = file.bytes("epoch-secret");
      byte[] indexSecret = file.bytes("index-secret");
      KeyGrant grant = KeyGrant.parseFrom(file.bytes("grant"));
      EpochKeys keys = new EpochKeys(grant, epochSecret, indexSecret);
      Arrays.fill(epochSecret, (byte) 0);
      Arrays.fill(indexSecret, (byte) 0);
      return keys;
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new KeyException(KeyDefect.KEY_FILE_DAMAGED, "epoch-" + number + ".key: grant", e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private void writeSigning(int number, SigningKey key, byte[] seed, ByteString statement)
      throws KeyException {
    try (KeyFile file = new KeyFile(SIGNING)) {
      byte[] text =
          file.text("cloud", key.cloud())
              .bytes("key", key.id().toByteArray())
              .bytes("seed", seed)
              .toBytes();
      // The statement first: a key file without one would be the newest key that nobody vouches
      // for.
      SecretFiles.writePublic(statementFile(number), statement.toByteArray());
      SecretFiles.write(folder.resolve("signing-" + number + ".key"), text);
      Arrays.fill(text, (byte) 0);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** The signing key of a number. */
  public SigningKey signing(int number) throws KeyException {
    byte[] text = SecretFiles.readSecret(folder.resolve("signing-" + number + ".key"));
    try (KeyFile file = KeyFile.parse(SIGNING, text)) {
      byte[] seed = file.bytes("seed");
      SigningKey key = new SigningKey(file.text("cloud"), seed);
      Arrays.fill(seed, (byte) 0);
      return key;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private int last(String prefix, String suffix) throws KeyException {
    int number = 0;
    while (number < MOST && Files.exists(folder.resolve(prefix + (number + 1) + suffix))) {
      number++;
    }
    if (number == 0) {
      throw new KeyException(
          KeyDefect.KEY_FILE_MISSING,
          folder.resolve(prefix + 1 + suffix) + " (expected: made by keys init)");
    }
    return number;
  }

  private Path statementFile(int number) {
    return folder.resolve("signing-" + number + ".gkey");
  }

  private Path recoveryFile() {
    return folder.resolve("recovery.pub");
  }

  private static byte[] secret(SecureRandom random) {
    byte[] secret = new byte[RecoveryKey.LENGTH];
    random.nextBytes(secret);
    return secret;
  }
}
