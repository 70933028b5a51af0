package govcloud.replication.keys;

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
    if (Files.exists(file)) {
      CloudCard before = read(card.cloud());
      before.requireSuccessor(card);
      if (before.siteEpoch() < card.siteEpoch()) {
        SecretFiles.replacePublic(file(card.cloud(), before.siteEpoch()), before.toFile());
      }
    }
    SecretFiles.replacePublic(file, card.toFile());
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
