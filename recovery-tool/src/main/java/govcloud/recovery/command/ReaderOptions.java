package govcloud.recovery.command;

import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.ReaderGrant;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.reading.HttpsArchive;
import govcloud.replication.reading.Retries;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How a replica is read from the cloud that keeps it. */
final class ReaderOptions {
  private static final String SCHEME = "https://";
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.-]{1,253}:\\d{1,5}");

  @Option(
      names = "--reader",
      paramLabel = "FOLDER",
      description = {
        "For an archive over https: the folder that `govcloud keys reader` made at that cloud,",
        "with a key, a grant for some hours, and the cards of both clouds."
      })
  private Path folder;

  /** Whether a place is at a cloud that keeps it. */
  static boolean isMeant(String place) {
    return place.startsWith(SCHEME);
  }

  /** The reader's folder; there when it is connected. */
  Path folder() {
    return folder;
  }

  /** A line to the cloud of the form {@code https://host:port}, or several with commas between. */
  HttpsArchive connect(String place) throws RecoveryException, KeyException {
    List<String> addresses =
        Arrays.stream(place.split(",")).map(one -> one.strip().replaceFirst(SCHEME, "")).toList();
    for (String address : addresses) {
      if (!ADDRESS.matcher(address).matches()) {
        throw RecoveryTask.usage(
            "archive: " + place + " (expected: https://HOST:PORT, or several with commas between)");
      }
    }
    if (folder == null) {
      throw RecoveryTask.usage(
          "--reader: missing (expected: a folder of `govcloud keys reader` at that cloud)");
    }
    ReaderGrant grant = ReaderGrant.read(folder.resolve(ReaderGrant.FILE));
    CloudCard keeper =
        CardFolder.read(folder).stream()
            .filter(card -> !card.cloud().equals(grant.cloud()))
            .findFirst()
            .orElseThrow(
                () ->
                    new RecoveryException(
                        Code.RECOVERY_KEYS_WRONG,
                        folder + ": no card of the cloud that keeps the replica"));
    return new HttpsArchive(
        PinnedTls.context(new KeyFolder(folder).link(), keeper.certificate()),
        addresses,
        grant.cloud(),
        Retries.USUAL);
  }
}
