package govcloud.cli.keys;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SiteAddress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How two clouds become siblings: each gives the other its card. */
final class SiblingKeys {
  private static final int LARGEST_CARD = 64 << 10;

  private SiblingKeys() {}

  /** Writes the card. */
  @Command(
      name = "card",
      description = {
        "Write this cloud's card: what a sibling has to know of it. It holds no secret, but whoever",
        "takes it in must be sure that it is the right one: compare fingerprints by telephone."
      },
      footer = {"govcloud keys card harbour.card"})
  static final class Card extends KeyTask {
    @Parameters(paramLabel = "FILE", description = "A file that is not there yet.")
    private Path file;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      CloudCard card = keys.card();
      try {
        Files.write(file, card.toFile(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            "CARD_FILE_EXISTS",
            file + " exists (expected: a name that is free).");
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.FAILED, "CARD_FILE_UNUSABLE", "Cannot write " + file + " (" + e + ").");
      }
      show(this, card);
      return ExitCode.OK;
    }
  }

  /** Takes a card in. */
  @Command(
      name = "trust",
      description = {
        "Trust another cloud as sibling or to exchange data with, or take in its newer keys.",
        "Nodes read the card when they start."
      },
      footer = {
        "govcloud keys trust mountain.card",
        "govcloud keys trust mountain.card --yes",
        "govcloud keys trust harbour.card --address https://gov.harbour.example"
      })
  static final class Trust extends KeyTask {
    @Parameters(paramLabel = "FILE", description = "The other cloud's card.")
    private Path file;

    @Option(
        names = "--address",
        paramLabel = "URL",
        description = "Where people find the cloud now: its given-up site tells them.")
    private String address;

    @Mixin private Confirmation confirmation;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      Optional<String> told = address(address);
      CloudCard card = CloudCard.parse(read(file));
      if (card.cloud().equals(keys.recovery().cloud())) {
        throw new CommandFailure(
            ExitCode.USAGE, "OWN_CARD", file + " is this cloud's own (expected: the sibling's).");
      }
      show(this, card);
      confirmation.ask(
          terminal(),
          "Whoever holds this card's keys can send a replica here and sign receipts, or ask for"
              + " data under agreements, once the settings name the cloud for it. Is "
              + card.fingerprint()
              + " the fingerprint that "
              + card.cloud()
              + " told you?");
      keys.trust(card);
      if (told.isPresent()) {
        // Its old sites ask again and again.
        SiteAddress.of(keys, card.cloud()).keep(told.get());
      }
      return ExitCode.OK;
    }
  }

  /** Takes nothing in from a sibling. */
  @Command(
      name = "hold",
      description = {
        "Take in nothing more from a sibling whose site is being given up, so that nothing is added",
        "to what it is recovered from. Nodes see it within three seconds. Ends when the card of the",
        "recovered cloud is trusted."
      },
      footer = {"govcloud keys hold harbour", "govcloud keys hold harbour --release"})
  static final class Hold extends KeyTask {
    @Parameters(paramLabel = "CLOUD", description = "The sibling's name.")
    private String cloud;

    @Option(names = "--release", description = "Take in again: it is not given up after all.")
    private boolean release;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      if (release) {
        keys.release(cloud);
      } else {
        keys.hold(cloud);
      }
      output()
          .one(
              Json.mapper().createObjectNode().put("cloud", cloud).put("held", !release),
              List.of(Column.of("cloud", "cloud"), Column.of("held", "held")));
      return ExitCode.OK;
    }
  }

  /** Tells a site that it was given up. */
  @Command(
      name = "fence",
      description = {
        "Tell this site that it was given up, where it cannot ask its sibling: by the card of the",
        "recovered cloud, for which the recovery key vouches. Running nodes see it within seconds and",
        "change nothing more, for good. Any other card is refused."
      },
      footer = {
        "govcloud keys fence /media/new-card/harbour.card",
        "govcloud keys fence /media/new-card/harbour.card --address https://gov.harbour.example"
      })
  static final class Fence extends KeyTask {
    @Parameters(paramLabel = "FILE", description = "This cloud's card, of the site that counts.")
    private Path file;

    @Option(
        names = "--address",
        paramLabel = "URL",
        description = "Where people find the site that counts: this one tells them.")
    private String address;

    @Mixin private Confirmation confirmation;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      Optional<String> told = address(address);
      CloudCard card = CloudCard.parse(read(file));
      GivenUpSite site =
          GivenUpSite.of(keys.card(), card)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          ExitCode.CONFLICT,
                          "NOT_GIVEN_UP",
                          file
                              + " shows no other site than this one (expected: the card that"
                              + " `recover failover` wrote)."));
      confirmation.ask(
          terminal(),
          "This site of "
              + site.cloud()
              + " then changes nothing more, and nobody can take that back. Go on?");
      // First: a node that is fenced asks its sibling unless it was said here.
      if (told.isPresent()) {
        SiteAddress.own(keys).keep(told.get());
      }
      GivenUpSite.learn(keys, card);
      output()
          .one(
              Json.mapper()
                  .createObjectNode()
                  .put("cloud", site.cloud())
                  .put("site_epoch", site.siteEpoch())
                  .put("current_site_epoch", site.currentEpoch()),
              List.of(
                  Column.of("cloud", "cloud"),
                  Column.of("site epoch", "site_epoch"),
                  Column.of("site epoch that counts", "current_site_epoch")));
      terminal().say("Fenced. `govcloud replication orphans` lists what is left here.");
      return ExitCode.OK;
    }
  }

  /** Looked at before anything is done. */
  private static Optional<String> address(String text) {
    Optional<String> address = Optional.ofNullable(text).flatMap(SiteAddress::parse);
    if (text != null && address.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "USAGE", "address: " + text + " (expected: https://HOST[:PORT])");
    }
    return address;
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > LARGEST_CARD) {
        throw new CommandFailure(ExitCode.USAGE, "NO_CARD", file + " is too large for a card.");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND, "CARD_FILE_MISSING", "Cannot read " + file + " (" + e + ").");
    }
  }

  private static void show(KeyTask task, CloudCard card) throws KeyException {
    task.output()
        .one(
            Json.mapper()
                .createObjectNode()
                .put("cloud", card.cloud())
                .put("fingerprint", card.fingerprint())
                .put("signing_keys", card.statements().size()),
            List.of(
                Column.of("cloud", "cloud"),
                Column.of("fingerprint", "fingerprint"),
                Column.of("signing keys", "signing_keys")));
  }
}
