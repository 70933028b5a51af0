package govcloud.replication.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The cards of the clouds that a cloud trusts, in a folder beside its keys. Of a cloud that was
 * recovered from the loss of its site the card before stays too, so that the old site, should it
 * come back, can be told what has become of it.
 */
final class SiblingCards {
  private static final String CARD = ".card";

  private final Path folder;

  SiblingCards(Path folder) {
    this.folder = folder;
  }

  /** Trusts a card, in place of the one of the same cloud, whose keys it must go on from. */
  void trust(CloudCard card) throws KeyException {
    Path file = file(card.cloud());
    SecretFiles.folder(folder);
    boolean isRecovered = false;
    if (Files.exists(file)) {
      CloudCard before = read(card.cloud());
      before.requireSuccessor(card);
      isRecovered = before.siteEpoch() < card.siteEpoch();
      if (isRecovered) {
        SecretFiles.replacePublic(file(card.cloud(), before.siteEpoch()), before.toFile());
        // It was said of the site that is given up now.
        SiteAddress.among(folder, card.cloud()).forget();
      }
    }
    SecretFiles.replacePublic(file, card.toFile());
    if (isRecovered) {
      release(card.cloud());
    }
  }

  /** Takes nothing in from a cloud any more, until its recovered site is trusted. */
  void hold(String cloud) throws KeyException {
    read(cloud);
    SecretFiles.replacePublic(heldFile(cloud), new byte[0]);
  }

  /** Takes in again what a cloud sends. */
  void release(String cloud) throws KeyException {
    try {
      Files.deleteIfExists(heldFile(cloud));
    } catch (IOException e) {
      throw new KeyException(
          KeyDefect.KEY_FILE_UNUSABLE, heldFile(cloud) + " (" + e.getMessage() + ")", e);
    }
  }

  /** Whether nothing is taken in from a cloud. */
  boolean isHeld(String cloud) {
    return Files.exists(heldFile(cloud));
  }

  private Path heldFile(String cloud) {
    return folder.resolve(cloud + ".held");
  }

  /** The card of a cloud. */
  CloudCard read(String cloud) throws KeyException {
    return CloudCard.parse(SecretFiles.read(file(cloud)));
  }

  /** The last card of each of a cloud's sites that were given up, the oldest first. */
  List<CloudCard> givenUp(String cloud) throws KeyException {
    List<CloudCard> cards = new ArrayList<>();
    int current = read(cloud).siteEpoch();
    for (int epoch = 1; epoch < current; epoch++) {
      Path file = file(cloud, epoch);
      if (Files.exists(file)) {
        cards.add(CloudCard.parse(SecretFiles.read(file)));
      }
    }
    return cards;
  }

  private Path file(String cloud) {
    return folder.resolve(cloud + CARD);
  }

  /** No cloud's name has a dot. */
  private Path file(String cloud, int epoch) {
    return folder.resolve(cloud + ".site-" + epoch + CARD);
  }
}
