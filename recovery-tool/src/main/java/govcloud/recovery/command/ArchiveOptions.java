package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Terminal;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.replica.SiblingCards;
import govcloud.recovery.salvage.GivenUp;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.reading.HttpsArchive;
import govcloud.replication.reading.HttpsArchiveStore;
import govcloud.replication.reading.HttpsBlobStore;
import govcloud.replication.store.Bucket;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import govcloud.replication.store.ReadOnlyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/** Where the replica is, and whose it is. */
final class ArchiveOptions {
  @Option(
      names = "--archive",
      paramLabel = "PLACE",
      required = true,
      description = {
        "What the sibling received from the lost cloud: its `received` folder, or",
        "s3://BUCKET/PREFIX of an object store, or https://HOST:PORT of the cloud that keeps it."
      })
  private String archive;

  @Mixin private BucketOptions bucket;
  @Mixin private ReaderOptions reader;

  @Option(
      names = "--cards",
      paramLabel = "FOLDER",
      description = {
        "Cards of the lost cloud and of the sibling. Default: `cards` in the archive; an object",
        "store has none; over https, those in the reader's folder."
      })
  private Path cards;

  @Option(
      names = "--origin",
      paramLabel = "NAME",
      description = "Name of the lost cloud. Default: the one that signed what is in the archive.")
  private String origin;

  @Option(
      names = "--fingerprint",
      paramLabel = "HEX",
      description = {
        "Fingerprint of a card as its officers know it; refuses another one. Can be given twice,",
        "for the lost cloud and for its sibling."
      })
  private List<String> fingerprints = List.of();

  /**
   * An archive that was opened.
   *
   * @param place where it is
   * @param store its files, only ever read
   * @param blobs its attachments
   * @param cards whose they are
   */
  record Opened(String place, ArchiveStore store, BlobStore blobs, SiblingCards cards) {
    /** What was given up of it, if it was saved from a damaged one. */
    Optional<JsonNode> givenUp() {
      try {
        return GivenUp.find(place);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILED, "ARCHIVE_UNREADABLE", "What is given up cannot be read (" + e + ").");
      }
    }
  }

  /** Opens the archive for reading, and tells or checks whose cards are believed. */
  Opened open(Terminal terminal) throws RecoveryException, ArchiveStoreException, KeyException {
    if (ReaderOptions.isMeant(archive)) {
      return overHttps(terminal);
    }
    return BucketOptions.isMeant(archive) ? inBucket(terminal) : inFolder(terminal);
  }

  private Opened overHttps(Terminal terminal)
      throws RecoveryException, ArchiveStoreException, KeyException {
    HttpsArchive line = reader.connect(archive);
    ArchiveStore store = new HttpsArchiveStore(line);
    Path folder = cards == null ? reader.folder() : cards;
    return new Opened(archive, store, new HttpsBlobStore(line), cards(terminal, folder, store));
  }

  private Opened inFolder(Terminal terminal)
      throws RecoveryException, ArchiveStoreException, KeyException {
    Path folder = Path.of(archive);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "ARCHIVE_MISSING",
          "archive: " + archive + " (expected: the folder that the sibling received into)");
    }
    ArchiveStore store = FileSystemArchiveStore.readOnly(folder);
    SiblingCards found = cards(terminal, cards == null ? folder.resolve("cards") : cards, store);
    return new Opened(archive, store, FileSystemBlobStore.readOnly(folder), found);
  }

  private Opened inBucket(Terminal terminal)
      throws RecoveryException, ArchiveStoreException, KeyException {
    Bucket place = bucket.bucket(archive);
    if (cards == null) {
      throw BucketOptions.usage("--cards: missing (expected: a folder; an object store has none)");
    }
    S3Client client = BucketOptions.connect(place);
    ArchiveStore store = new ReadOnlyStore(place.archive(client));
    return new Opened(archive, store, place.blobs(client), cards(terminal, cards, store));
  }

  private SiblingCards cards(Terminal terminal, Path folder, ArchiveStore store)
      throws RecoveryException, ArchiveStoreException, KeyException {
    SiblingCards found =
        SiblingCards.find(CardFolder.read(folder), Optional.ofNullable(origin), store);
    compare(terminal, found);
    return found;
  }

  /** The archive with what opens it. */
  static Replica replica(Opened opened, ReplicaSecrets secrets)
      throws RecoveryException, KeyException {
    return new Replica(opened.store(), opened.cards().trust(), secrets).requireMatching();
  }

  private void compare(Terminal terminal, SiblingCards found)
      throws KeyException, RecoveryException {
    List<String> left = new ArrayList<>();
    fingerprints.forEach(hex -> left.add(hex.replaceAll("[\\s:]", "").toLowerCase(Locale.ROOT)));
    boolean asked = false;
    for (CloudCard card : List.of(found.lost(), found.sibling())) {
      if (!left.remove(card.fingerprint())) {
        terminal.say("card of " + card.cloud() + ": fingerprint " + card.fingerprint());
        asked = true;
      }
    }
    if (!left.isEmpty()) {
      throw new RecoveryException(
          Code.RECOVERY_KEYS_WRONG, "fingerprint: " + left.get(0) + " (expected: of a card here)");
    }
    if (asked) {
      terminal.say(
          "Compare fingerprints with what the officers of the cloud wrote down; everything below"
              + " is checked against these cards. --fingerprint lets the tool compare.");
    }
  }
}
