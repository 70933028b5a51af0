package govcloud.faultlab.cloud;

import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * One of the two clouds.
 *
 * @param cloud its name
 * @param nodes hosts of its nodes that are there from the beginning
 * @param cassandras hosts of its Cassandras
 * @param folder keys, shares and its own archive
 * @param received what its sibling sends
 */
public record Place(
    String cloud, List<String> nodes, List<String> cassandras, Path folder, Path received) {

  private static final int SHARES_NEEDED = 2;
  private static final int SHARES = 3;

  /** Keeps its own copies. */
  public Place {
    nodes = List.copyOf(nodes);
    cassandras = List.copyOf(cassandras);
  }

  /** Its keys. */
  public KeyFolder keys() {
    return new KeyFolder(folder.resolve("keys"));
  }

  /** Its card, as people carry it to the other cloud. */
  public CloudCard card() throws KeyException {
    return CloudCard.parse(keys().card().toFile());
  }

  /** Shares that are enough to join the recovery key. */
  public List<Path> shares() {
    return List.of(1, 2).stream()
        .map(number -> folder.resolve("recovery-share-%d-of-%d.txt".formatted(number, SHARES)))
        .toList();
  }

  /** Makes the keys. */
  void initialize(SecureRandom random) throws IOException, KeyException {
    Files.createDirectories(folder);
    Files.createDirectories(received);
    KeyCeremony.init(keys(), cloud, folder, SHARES_NEEDED, SHARES, random);
  }
}
