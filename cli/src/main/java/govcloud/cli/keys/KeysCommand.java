package govcloud.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Group;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.ShareCheck;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.TrustedKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The keys of a cloud. */
@Command(
    name = "keys",
    description = "Keys of this cloud: signing keys, epochs, and the recovery key's shares.",
    footer = {
      "govcloud keys init --cloud harbour --shares /media/shares",
      "govcloud keys check /media/shares/recovery-share-1-of-5.txt",
      "govcloud keys list",
      "govcloud keys card harbour.card",
      "govcloud keys trust mountain.card",
      "govcloud keys fence harbour.card",
      "govcloud keys reader harbour --name zhang --into /media/reader",
      "govcloud keys drill /etc/govcloud/drill.key",
      "govcloud keys vault"
    },
    subcommands = {
      KeysCommand.Init.class,
      KeysCommand.Check.class,
      RotateKey.class,
      KeysCommand.ListKeys.class,
      SiblingKeys.Card.class,
      SiblingKeys.Trust.class,
      SiblingKeys.Hold.class,
      SiblingKeys.Fence.class,
      SiteKeys.Drain.class,
      ReaderKeys.Reader.class,
      ReaderKeys.Readers.class,
      DrillKey.class,
      VaultKey.class
    })
public final class KeysCommand extends Group {
  /** The name alone: a path may be longer than a cell. */
  private static final Column FILE =
      new Column("FILE", item -> item.path("file").asText().replaceFirst(".*[/\\\\]", ""));

  /** Makes all keys. */
  @Command(
      name = "init",
      description = {
        "Make the keys of a new cloud, and the shares of its recovery key.",
        "Nothing is overwritten. The private recovery key is not stored and not shown: it exists"
            + " only as the shares, one file each, that different people then take away."
      },
      footer = {
        "govcloud keys init --cloud harbour --shares /media/shares",
        "govcloud keys init --cloud harbour --shares /media/shares --needed 4 --count 7"
      })
  static final class Init extends KeyTask {
    @Option(
        names = "--cloud",
        paramLabel = "NAME",
        required = true,
        description = "Name of this cloud, as its sibling will know it.")
    private String cloud;

    @Option(
        names = "--shares",
        paramLabel = "DIR",
        required = true,
        description = "Folder for the share files; on a medium that is not left in this machine.")
    private Path shares;

    @Option(
        names = "--needed",
        paramLabel = "K",
        defaultValue = "3",
        description = "How many shares give the recovery key. Default: ${DEFAULT-VALUE}.")
    private int needed;

    @Option(
        names = "--count",
        paramLabel = "N",
        defaultValue = "5",
        description = "How many shares are made. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      if (!cloud.matches("[a-z0-9][a-z0-9-]{0,62}")) {
        throw usage("cloud: " + cloud + " (expected: ^[a-z0-9][a-z0-9-]{0,62}$)");
      }
      if (needed < 2 || needed > count || count > KeyCeremony.MOST_SHARES) {
        throw usage(
            "shares: %d of %d (expected: 2 <= needed <= count <= %d)"
                .formatted(needed, count, KeyCeremony.MOST_SHARES));
      }
      List<Path> files = KeyCeremony.init(keys, cloud, shares, needed, count, new SecureRandom());
      List<JsonNode> items = new ArrayList<>();
      for (int i = 0; i < files.size(); i++) {
        items.add(
            Json.mapper()
                .createObjectNode()
                .put("share", i + 1)
                .put("file", files.get(i).toString()));
      }
      output().list(items, List.of(Column.of("SHARE", "share"), FILE));
      terminal().say("Shares are in " + shares + ", keys in " + keys.folder() + ". Now:");
      terminal()
          .say("1. Give each share file to another person, on a medium of its own or on paper.");
      terminal().say("2. Keep some in the other city, and none on any server.");
      terminal().say("3. Check them with `govcloud keys check FILE...`, then remove this folder.");
      terminal()
          .say(
              needed
                  + " of the "
                  + count
                  + " bring everything back; "
                  + (needed - 1)
                  + " tell nothing.");
      return ExitCode.OK;
    }
  }

  /** Looks at shares. */
  @Command(
      name = "check",
      description = "Tell which shares are good, and whether they are enough.",
      footer = {"govcloud keys check recovery-share-1-of-5.txt recovery-share-4-of-5.txt"})
  static final class Check extends KeyTask {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Share files.")
    private List<Path> files;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      ShareCheck check = KeyCeremony.check(keys.recovery(), files);
      List<JsonNode> items = new ArrayList<>();
      for (ShareCheck.File file : check.files()) {
        ObjectNode item = Json.mapper().createObjectNode();
        item.put("file", file.path().toString());
        item.put("share", file.share());
        item.put("state", file.defect() == null ? "good" : file.defect().name());
        item.put("detail", file.detail());
        items.add(item);
      }
      output()
          .list(items, List.of(FILE, Column.of("STATE", "state"), Column.of("DETAIL", "detail")));
      boolean allGood = check.files().stream().allMatch(file -> file.defect() == null);
      terminal()
          .say(
              "%d good, %d needed%s"
                  .formatted(
                      check.good(),
                      check.needed(),
                      check.joined() ? ": together they give the recovery key." : "."));
      return allGood ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  /** Lists the keys. */
  @Command(
      name = "list",
      description = "List keys by number and fingerprint; no secret is shown.",
      footer = {"govcloud keys list", "govcloud keys list -o json"})
  static final class ListKeys extends KeyTask {
    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      List<JsonNode> items = new ArrayList<>();
      items.add(item("recovery", 1, ReplicaHash.hex(keys.recovery().key().id())));
      List<TrustedKey> signing = keys.signingKeys();
      for (int i = 0; i < signing.size(); i++) {
        items.add(item("signing", i + 1, ReplicaHash.hex(signing.get(i).publicKey())));
      }
      List<ByteString> epochs = keys.epochs();
      for (int i = 0; i < epochs.size(); i++) {
        items.add(item("epoch", i + 1, ReplicaHash.hex(epochs.get(i))));
      }
      output()
          .list(
              items,
              List.of(
                  Column.of("KIND", "kind"),
                  Column.of("NUMBER", "number"),
                  new Column("FINGERPRINT", item -> item.path("fingerprint").asText())));
      return ExitCode.OK;
    }

    private static ObjectNode item(String kind, int number, String fingerprint) {
      return Json.mapper()
          .createObjectNode()
          .put("kind", kind)
          .put("number", number)
          .put("fingerprint", fingerprint);
    }
  }

  private static CommandFailure usage(String detail) {
    return new CommandFailure(ExitCode.USAGE, "USAGE", detail);
  }
}
