package govcloud.replication.keys;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.KeyGrant;
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
  private final Path folder;
  private final SigningFiles signing;
  private final EpochFiles epochs;

  /** The keys in a folder. */
  public KeyFolder(Path folder) {
    this.folder = folder;
    this.signing = new SigningFiles(folder);
    this.epochs = new EpochFiles(folder);
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
      epochs.add(1, EpochFiles.make(recovery, 1, index, random));
    } finally {
      Arrays.fill(index, (byte) 0);
    }
    SigningKey first = writeSigning(1, recovery.cloud(), KeyStatements::first, random);
    LinkIdentity.create(this, first.cloud(), random);
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
    int number = rotate(NextKeys.Kind.EPOCH, newestEpoch() + 1, random);
    DrillGrants drill = new DrillGrants(this);
    if (drill.exists()) {
      drill.complete();
    }
    return number;
  }

  private int rotate(NextKeys.Kind kind, int number, SecureRandom random) throws KeyException {
    NextKeys next = new NextKeys(this);
    next.use(kind, number, next.make(kind, number, random));
    return number;
  }

  /** Adds a signing key that the one before vouches for. */
  public int rotateSigning(SecureRandom random) throws KeyException {
    return rotate(NextKeys.Kind.SIGNING, newestSigning() + 1, random);
  }

  /** Adds the signing key whose private half is written so; the one before vouches for it. */
  void addSigning(int number, byte[] text) throws KeyException {
    SigningKey key = SigningFiles.key(text);
    SigningKey before = signing.read(number - 1);
    signing.add(
        number, text, KeyStatements.next(key, number, before, signing.statement(number - 1)));
  }

  /** Makes the statement about a new key. */
  private interface Vouching {
    ByteString statement(SigningKey key);
  }

  private SigningKey writeSigning(int number, String cloud, Vouching vouching, SecureRandom random)
      throws KeyException {
    byte[] seed = secret(random);
    SigningKey key = new SigningKey(cloud, seed);
    byte[] text = SigningFiles.text(key, seed);
    try {
      signing.add(number, text, vouching.statement(key));
      return key;
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
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
        writeEpoch(grant, keys);
      }
    }
    int number = card.statements().size() + 1;
    for (int old = 1; old < number; old++) {
      signing.addStatement(old, card.statements().get(old - 1));
    }
    SecretFiles.writePublic(recoveryFile(), card.recovery().toFile());
    rotateEpoch(random);
    SigningKey signer = secrets.signer();
    EpochVouching.write(this, signer);
    ByteString previous = signing.statement(number - 1);
    writeSigning(
        number,
        card.cloud(),
        key -> KeyStatements.recovered(key, number, signer, previous, end),
        random);
    LinkIdentity.create(this, card.cloud(), random);
  }

  private void writeEpoch(KeyGrant grant, EpochKeys keys) throws KeyException {
    byte[] epochSecret = keys.epochSecret();
    byte[] index = keys.indexSecret();
    try {
      epochs.add(grant.getEpoch(), EpochFiles.text(grant, epochSecret, index));
    } finally {
      Arrays.fill(epochSecret, (byte) 0);
      Arrays.fill(index, (byte) 0);
    }
  }

  /** The newest signing key. */
  public SigningKey signing() throws KeyException {
    return signing(newestSigning());
  }

  /** The number of the newest signing key; they count from 1. */
  public int newestSigning() throws KeyException {
    return signing.newest();
  }

  /** The number of the newest epoch; they count from 1. */
  public int newestEpoch() throws KeyException {
    return epochs.newest();
  }

  /**
   * So many epochs need nobody's signature: the first, and those of a site that was rebuilt.
   *
   * @throws KeyException when they are not those that the site was given
   */
  public int givenEpochs() throws KeyException {
    return Math.max(1, EpochVouching.read(this));
  }

  /** The newest epoch's keys; the caller closes them. */
  public EpochKeys epoch() throws KeyException {
    return epoch(newestEpoch());
  }

  /** The keys of the epoch with which the cloud began; the caller closes them. */
  EpochKeys firstEpoch() throws KeyException {
    return epoch(1);
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
    for (int number = newestEpoch(); number >= 1; number--) {
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
    return signing.statements();
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
    int last = newestEpoch();
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

  /** The keys of the epoch of a number; the caller closes them. */
  public EpochKeys epoch(int number) throws KeyException {
    return epochs.read(number);
  }

  /** The signing key of a number. */
  public SigningKey signing(int number) throws KeyException {
    return signing.read(number);
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
