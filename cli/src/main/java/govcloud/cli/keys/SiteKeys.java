package govcloud.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SiteDrain;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What people decide about this site itself. */
final class SiteKeys {
  private SiteKeys() {}

  /** Accepts nothing, so that the site can be moved. */
  @Command(
      name = "drain",
      description = {
        "Accept nothing more at this site, so that it can be moved and nothing is lost. Its nodes",
        "see it within three seconds: what is under way ends, everything else is answered 503",
        "SITE_DRAINED, reading goes on. They then make the final cut by themselves; `govcloud",
        "replication status` says `drained` once the sibling has countersigned it.",
        "--release takes it back, and the site works on as if nothing had happened."
      },
      footer = {"govcloud keys drain", "govcloud keys drain --release"})
  static final class Drain extends KeyTask {
    @Option(names = "--release", description = "Accept again: the site is not moved.")
    private boolean release;

    @Mixin private Confirmation confirmation;

    @Override
    ExitCode run(KeyFolder keys) throws KeyException {
      String cloud = keys.recovery().cloud();
      requireSiteThatCounts(keys);
      SiteDrain drain = new SiteDrain(keys);
      ObjectNode result = Json.mapper().createObjectNode().put("cloud", cloud);
      if (release) {
        confirmation.ask(
            terminal(),
            "Is the move given up everywhere, and has nobody trusted a new card of "
                + cloud
                + "? What this site accepts after that would not count. Go on?");
        deed(keys, "site-release", cloud);
        drain.end();
        result.put("drained", false);
      } else {
        confirmation.ask(terminal(), "Nobody can then change anything in " + cloud + ". Go on?");
        deed(keys, "site-drain", cloud);
        result.put("drained", true).put("since", drain.begin(clock().instant()).toString());
      }
      output()
          .one(
              result,
              List.of(
                  Column.of("cloud", "cloud"),
                  Column.of("drained", "drained"),
                  Column.time("since", "since")));
      return ExitCode.OK;
    }

    private static void requireSiteThatCounts(KeyFolder keys) throws KeyException {
      Optional<GivenUpSite> givenUp = GivenUpSite.known(keys);
      if (givenUp.isPresent()) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            "SITE_FENCED",
            "site epoch: "
                + givenUp.get().siteEpoch()
                + " (expected: "
                + givenUp.get().currentEpoch()
                + "); this site was given up, drain the one that counts");
      }
    }
  }
}
