package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.domain.operation.KeyRotation;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which signing keys of this cloud may be used: in a cloud that has officers, one that follows
 * another counts only when the log says that two of them have signed for it, whoever put it into
 * the folder. Blocks.
 */
final class ApprovedKeys {
  private final KeyLog log;
  private final KeyFolder keys;
  private final ArchiveStore archive;
  private final RefusedKeys refused;
  private final Set<Integer> counting = ConcurrentHashMap.newKeySet();
  private final Set<Integer> own = ConcurrentHashMap.newKeySet();

  /** Nothing is looked at yet. */
  ApprovedKeys(KeyLog log, HomeArchive home, RefusedKeys refused) {
    this.log = log;
    this.keys = home.keys();
    this.archive = home.store();
    this.refused = refused;
  }

  private static KeyRotation rotation(int number) {
    return new KeyRotation(KeyRotation.Kind.SIGNING, number);
  }

  /** The newest key that counts, of those up to a number. */
  int newest(int number) throws Exception {
    int newest = number;
    while (!counts(newest)) {
      newest--;
    }
    return newest;
  }

  /**
   * The newest of those up to a number that is known to count without a look into the log, such as
   * before a node has one.
   */
  static int newestKnown(KeyFolder keys, ArchiveStore archive, int number) throws KeyException {
    int newest = number;
    while (!isGiven(keys, newest) && !isSent(keys, archive, newest)) {
      newest--;
    }
    return newest;
  }

  private static boolean isSent(KeyFolder keys, ArchiveStore archive, int number)
      throws KeyException {
    try {
      return sent(archive, number).equals(Optional.of(keys.statements().get(number - 1)));
    } catch (ArchiveStoreException e) {
      // An archive that is away: the log is asked in a moment.
      return false;
    }
  }

  /** Whether a key counts; that one does not is written down once. */
  boolean counts(int number) throws Exception {
    if (counting.contains(number)) {
      return true;
    }
    boolean isKnown =
        isGiven(keys, number)
            || (isOwn(number) && sent(archive, number).isPresent())
            || !log.hasOfficers();
    Optional<KeyException> why = isKnown ? Optional.empty() : whyNot(number);
    if (why.isEmpty()) {
      counting.add(number);
      refused.accept(rotation(number).subject());
    } else {
      refused.refuse(rotation(number).subject(), why.get());
    }
    return why.isEmpty();
  }

  /** One whose note is damaged does not count either: the one before signs. */
  private Optional<KeyException> whyNot(int number) throws Exception {
    try {
      return isDecided(number) ? Optional.empty() : Optional.of(notApproved(number));
    } catch (KeyException e) {
      return Optional.of(e);
    }
  }

  /** That a key does not count. */
  static KeyException notApproved(int number) {
    return new KeyException(
        KeyDefect.KEY_NOT_APPROVED,
        "signing key " + number + " (expected: one that two officers have signed for)");
  }

  /**
   * The first needs nobody's signature: it comes before all accounts. Nor does one for which the
   * recovery key vouches, which was approved as a failover or a move, or one before that, which its
   * statement names: a rebuilt site has them from its card.
   */
  private static boolean isGiven(KeyFolder keys, int number) throws KeyException {
    if (number == 1) {
      return true;
    }
    List<TrustedKey> all = keys.signingKeys();
    if (number > all.size()) {
      throw new KeyException(
          KeyDefect.KEY_FILE_MISSING,
          "signing key " + number + " (expected: the one that the sibling was told of)");
    }
    return all.get(all.size() - 1).siteEpoch() > all.get(number - 2).siteEpoch();
  }

  /** One that was sent counted then, by this rule or before there was this rule. */
  private static Optional<ByteString> sent(ArchiveStore archive, int number)
      throws ArchiveStoreException {
    return archive.read(new ArchiveName(StatementKind.KEY, 0, number)).map(ByteString::copyFrom);
  }

  /**
   * Whether the archive has no other statement of a key than the folder; that it has one is written
   * down.
   */
  boolean isOwn(int number) throws KeyException, ArchiveStoreException {
    if (own.contains(number)) {
      return true;
    }
    Optional<ByteString> sent = sent(archive, number);
    List<ByteString> statements = keys.statements();
    boolean isHere = number <= statements.size();
    if (sent.isPresent() && !(isHere && sent.get().equals(statements.get(number - 1)))) {
      refused.refuse("archive/" + rotation(number).subject(), foreign(number));
      return false;
    }
    refused.accept("archive/" + rotation(number).subject());
    if (sent.isPresent()) {
      own.add(number);
    }
    return true;
  }

  /** That the archive has a statement that is none of this cloud's. */
  static KeyException foreign(int number) {
    return new KeyException(
        KeyDefect.KEY_STATEMENT_WRONG,
        "signing key "
            + number
            + ": the archive has another statement (expected: the one of the keys folder)");
  }

  private boolean isDecided(int number) throws Exception {
    var decided = log.decided(rotation(number));
    return decided.isPresent()
        && decided.get().result().equals(KeyRotations.fingerprint(keys, rotation(number)));
  }
}
