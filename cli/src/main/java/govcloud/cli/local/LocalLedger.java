package govcloud.cli.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.OwnerFile;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger of exchanges of a cloud on this machine: each generation has a key of its own. Two
 * clouds are witnesses of each other's ledgers.
 */
final class LocalLedger {
  private static final int SEED_BYTES = 32;
  private static final String LOG = "log ";
  private static final String MIRROR = "sibling-ledger";

  private LocalLedger() {}

  private static Path key(CloudHome home, LocalReplication cloud) {
    return home.folder().resolve("ledger-key-" + cloud.generation());
  }

  private static Path witnessKey(CloudHome home) {
    return home.folder().resolve("ledger-witness-key");
  }

  /** What a cloud was told of its sibling's ledgers. */
  private static Path siblingTrust(CloudHome home) {
    return home.folder().resolve("sibling-ledger.txt");
  }

  /**
   * Makes the keys that are not there, and tells the sibling of them, and the other way round.
   *
   * @param random for keys
   */
  static void prepare(
      ObjectMapper json, CloudHome home, LocalReplication cloud, SecureRandom random) {
    makeKeys(home, cloud, random);
    cloud.sibling().ifPresent(sibling -> follow(json, home, cloud, sibling.home()));
    cloud
        .sibling()
        .ifPresent(
            sibling ->
                LocalReplication.read(json, sibling.home())
                    .ifPresent(
                        other -> {
                          makeKeys(sibling.home(), other, random);
                          tell(home, cloud, sibling.home());
                          tell(sibling.home(), other, home);
                        }));
  }

  /** The newest state of the lost ledger that a node of the sibling cosigned, and its key. */
  private static void follow(
      ObjectMapper json, CloudHome home, LocalReplication cloud, CloudHome sibling) {
    String lost = LOG + origin(cloud, cloud.generation() - 1) + "+";
    try {
      if (cloud.generation() == 1
          || Files.exists(lost(home, cloud))
          || !Files.exists(siblingTrust(sibling))) {
        return;
      }
      for (String line : Files.readAllLines(siblingTrust(sibling))) {
        if (line.startsWith(lost)) {
          String key = line.substring(LOG.length());
          Optional<byte[]> state = newest(json, sibling, key);
          if (state.isPresent()) {
            Files.writeString(lostKey(home, cloud), key);
            Files.writeString(lostWitness(home, cloud), publicKey(witnessKey(sibling)).toString());
            Files.write(lost(home, cloud), state.get());
          }
        }
      }
    } catch (IOException | LedgerException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "HOME_NOT_READABLE", "Cannot read the lost ledger (" + e + ").");
    }
  }

  private static Optional<byte[]> newest(ObjectMapper json, CloudHome sibling, String key)
      throws IOException, LedgerException {
    Optional<byte[]> newest = Optional.empty();
    long most = -1;
    for (WantedNodes.Wanted node : new WantedNodes(json, sibling).read()) {
      Path file =
          sibling
              .node(node.plan().name())
              .resolve(MIRROR)
              .resolve(HexFormat.of().formatHex(Hash.sha256().digest(key.getBytes(US_ASCII))))
              .resolve(LedgerFiles.COSIGNED);
      if (Files.exists(file)) {
        byte[] state = Files.readAllBytes(file);
        long size = Checkpoint.parse(SignedNote.parse(state, "state").text(), "state").size();
        if (size > most) {
          most = size;
          newest = Optional.of(state);
        }
      }
    }
    return newest;
  }

  private static Path lost(CloudHome home, LocalReplication cloud) {
    return home.folder().resolve("lost-ledger-" + (cloud.generation() - 1));
  }

  private static Path lostKey(CloudHome home, LocalReplication cloud) {
    return home.folder().resolve("lost-ledger-" + (cloud.generation() - 1) + ".key");
  }

  /** The sibling's key at that time: it makes another one when it loses its own site. */
  private static Path lostWitness(CloudHome home, LocalReplication cloud) {
    return home.folder().resolve("lost-ledger-" + (cloud.generation() - 1) + ".witness");
  }

  private static String origin(LocalReplication cloud, int generation) {
    return "govcloud/" + cloud.cloud() + "/exchange/" + generation;
  }

  private static void makeKeys(CloudHome home, LocalReplication cloud, SecureRandom random) {
    makeKey(key(home, cloud), origin(cloud, cloud.generation()), VerifierKey.NOTE, random);
    makeKey(
        witnessKey(home),
        "govcloud/" + cloud.cloud() + "/witness",
        VerifierKey.COSIGNATURE,
        random);
  }

  private static void makeKey(Path file, String name, int type, SecureRandom random) {
    if (!Files.exists(file)) {
      byte[] seed = new byte[SEED_BYTES];
      random.nextBytes(seed);
      OwnerFile.write(file, new NoteSigner(name, type, seed).secretText() + "\n");
    }
  }

  /** A lost ledger stays known beside the one that follows it. */
  private static void tell(CloudHome home, LocalReplication cloud, CloudHome sibling) {
    try {
      Path file = siblingTrust(sibling);
      Set<String> lines = new LinkedHashSet<>();
      if (Files.exists(file)) {
        Files.readAllLines(file).stream().filter(line -> line.startsWith(LOG)).forEach(lines::add);
      }
      lines.add(LOG + publicKey(key(home, cloud)));
      lines.add("witness " + cloud.cloud() + " " + publicKey(witnessKey(home)));
      lines.add("quorum none");
      OwnerFile.write(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "HOME_NOT_READABLE", "Cannot read keys of the ledger (" + e + ").");
    }
  }

  private static VerifierKey publicKey(Path file) throws IOException {
    return NoteSigner.parse(Files.readString(file)).key();
  }

  /** The settings of a node. */
  static List<String> settings(CloudHome home, LocalReplication cloud, NodePlan plan) {
    Path file = key(home, cloud);
    if (!Files.exists(file)) {
      return List.of();
    }
    Path node = home.node(plan.name());
    List<String> lines = new ArrayList<>();
    lines.add("govcloud.exchange.ledger-key = " + NodeLaunch.quoted(file));
    lines.add(
        "govcloud.exchange.ledger-folder = "
            + NodeLaunch.quoted(node.resolve("ledger-" + cloud.generation())));
    if (cloud.sibling().isPresent() && Files.exists(siblingTrust(home))) {
      lines.add("govcloud.exchange.witness {");
      lines.add("  key = " + NodeLaunch.quoted(witnessKey(home)));
      lines.add("  sibling-trust = " + NodeLaunch.quoted(siblingTrust(home)));
      lines.add("  mirror-folder = " + NodeLaunch.quoted(node.resolve(MIRROR)));
      lines.add("}");
      if (Files.exists(lost(home, cloud))) {
        lines.add("govcloud.exchange.predecessor {");
        lines.add("  log = \"" + text(lostKey(home, cloud)) + "\"");
        lines.add("  cosigned = " + NodeLaunch.quoted(lost(home, cloud)));
        if (Files.exists(lostWitness(home, cloud))) {
          lines.add("  witness = \"" + text(lostWitness(home, cloud)) + "\"");
        }
        lines.add("}");
      }
    }
    return lines;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "HOME_NOT_READABLE", "Cannot read the lost ledger's key (" + e + ").");
    }
  }
}
