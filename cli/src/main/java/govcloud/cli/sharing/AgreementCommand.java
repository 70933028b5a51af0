package govcloud.cli.sharing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.JsonArgument;
import govcloud.cli.output.Column;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agreements: applied for, checked, answered, signed, stopped and ended. */
@Command(
    name = "agreement",
    description = "Agreements under which departments share data.",
    footer = {
      "govcloud agreement list transport",
      "govcloud agreement show transport transport/inspection"
    },
    subcommands = {
      AgreementCommand.ListAgreements.class,
      AgreementCommand.Show.class,
      AgreementCommand.Apply.class,
      AgreementCommand.Confirm.class,
      AgreementCommand.Return.class,
      AgreementCommand.Consent.class,
      AgreementCommand.Refuse.class,
      AgreementCommand.Withdraw.class,
      AgreementCommand.Sign.class,
      WhatIfCommand.class,
      HandOverCommand.class,
      TakeCommand.class,
      AgreementCommand.Suspend.class,
      AgreementCommand.Resume.class,
      AgreementCommand.Revoke.class,
      ActivationCommand.class
    })
public final class AgreementCommand extends Group {

  /** Lists agreements. */
  @Command(
      name = "list",
      description = "List the agreements of a department; without one, of the cloud.",
      footer = {
        "govcloud agreement list transport --status effective",
        "govcloud agreement list --status submitted"
      })
  public static final class ListAgreements extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "TENANT", description = "The department.")
    private String tenant;

    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description =
            "Only these: submitted, returned, checked, signing, refused, withdrawn, effective,"
                + " suspended, revoked, expired.")
    private String status;

    @Override
    protected ExitCode run(Connection connection) {
      String path =
          tenant == null
              ? ApiRequest.path("v1", "sharing", "agreements")
              : ApiRequest.path("v1", "tenants", tenant, "agreements");
      connection
          .output()
          .list(
              Pages.of(
                  connection.api(),
                  ApiRequest.get(path).with("status", status).with("page_size", "1000")),
              List.of(
                  Column.of("CONSUMER", "consumer"),
                  Column.of("AGREEMENT", "agreement"),
                  Column.of("PROVIDER", "provider"),
                  Column.of("RESOURCE", "resource"),
                  Column.of("STATUS", "status"),
                  Column.time("DUE", "due"),
                  Column.of("LATE", "escalated"),
                  Column.of("ACTIVATION", "activation.stage"),
                  Column.time("UNTIL", "valid_until")));
      return ExitCode.OK;
    }
  }

  /** Shows one agreement. */
  @Command(
      name = "show",
      description = "Show an agreement as one of its parties; -o json shows its terms.",
      footer = {"govcloud agreement show police transport/inspection -o json"})
  public static final class Show extends ApiCommand {
    @Mixin private PartyArguments party;

    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .one(
              connection.send(ApiRequest.get(party.path())).body(),
              List.of(
                  Column.of("consumer", "consumer"),
                  Column.of("agreement", "agreement"),
                  Column.of("status", "status"),
                  Column.of("reason", "reason"),
                  Column.of("address in force", "in_force.address"),
                  Column.time("in force since", "in_force.since"),
                  Column.of("signatures", "in_force.signatures"),
                  Column.of("stage", "application.stage"),
                  Column.of("address to sign", "application.address"),
                  Column.time("due", "application.due"),
                  Column.of("late", "application.escalated"),
                  Column.of("missing signatures", "application.missing_signatures"),
                  Column.of("activation", "activation.number"),
                  Column.of("activation is", "activation.stage"),
                  Column.of("incident", "activation.incident"),
                  Column.of("activated because", "activation.reason"),
                  Column.time("active until", "activation.until"),
                  Column.time("review due", "activation.review_due"),
                  Column.of("version", "version")));
      return ExitCode.OK;
    }
  }

  /** Applies for an agreement. */
  @Command(
      name = "apply",
      description = "Apply for data, or for terms that follow those in force.",
      footer = {"govcloud agreement apply transport inspection --terms @terms.json"})
  public static final class Apply extends ApiCommand {
    @Parameters(index = "0", paramLabel = "TENANT", description = "The department that applies.")
    private String tenant;

    @Parameters(index = "1", paramLabel = "AGREEMENT", description = "Its identifier from now on.")
    private String agreement;

    @Option(
        names = "--terms",
        required = true,
        paramLabel = "JSON",
        description = "The terms as a JSON object, or @FILE.")
    private String terms;

    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      return change.make(
          connection,
          "PUT",
          ApiRequest.path("v1", "tenants", tenant, "agreements", tenant, agreement),
          JsonArgument.read(connection.json(), "terms", terms));
    }
  }

  /** Something that is done to an agreement. */
  abstract static class Step extends ApiCommand {
    @Mixin private ChangeOptions change;

    final ExitCode post(Connection connection, String path, ObjectNode body) {
      return change.make(connection, "POST", path, body);
    }
  }

  /** The operator finds an application in order. */
  @Command(
      name = "confirm",
      description = "Find an application in order, as the operator; the provider has to answer.",
      footer = {"govcloud agreement confirm transport/inspection"})
  public static final class Confirm extends Step {
    @Parameters(paramLabel = "CONSUMER/AGREEMENT", description = "The agreement.")
    private String agreement;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, PartyArguments.ofCloud(agreement) + "/confirm", null);
    }
  }

  /** The operator gives an application back. */
  @Command(
      name = "return",
      description = "Give an application back to be mended, as the operator.",
      footer = {"govcloud agreement return transport/inspection --reason 'which cases?'"})
  public static final class Return extends Step {
    @Parameters(paramLabel = "CONSUMER/AGREEMENT", description = "The agreement.")
    private String agreement;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Override
    protected ExitCode run(Connection connection) {
      return post(
          connection,
          PartyArguments.ofCloud(agreement) + "/return",
          connection.body().put("reason", reason));
    }
  }

  /** The provider agrees. */
  @Command(
      name = "consent",
      description = "Agree to an application as the provider; both have to sign.",
      footer = {"govcloud agreement consent police transport/inspection"})
  public static final class Consent extends Step {
    @Mixin private PartyArguments party;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, party.path() + "/consent", null);
    }
  }

  /** A person signs. */
  @Command(
      name = "sign",
      description = "Sign for a department the terms with this address, in person.",
      footer = {
        "govcloud agreement sign police transport/inspection \\",
        "    --address ce0b1c75bd6d8b9f264b479117b62de3555732b29f5d20ca71cd32366effa1a4"
      })
  public static final class Sign extends Step {
    @Mixin private PartyArguments party;

    @Option(
        names = "--address",
        required = true,
        paramLabel = "HASH",
        description = "Of the terms that you have read; show tells it.")
    private String address;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, party.path() + "/sign", connection.body().put("address", address));
    }
  }

  /** The party that stopped it lets it go on. */
  @Command(
      name = "resume",
      description = "Let the exchange go on that the department has stopped.",
      footer = {"govcloud agreement resume police transport/inspection"})
  public static final class Resume extends Step {
    @Mixin private PartyArguments party;

    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, party.path() + "/resume", null);
    }
  }

  /** Something for which a department gives a reason. */
  abstract static class Reasoned extends Step {
    @Mixin private PartyArguments party;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    private String reason;

    final ExitCode post(Connection connection, String action) {
      return post(connection, party.path() + "/" + action, connection.body().put("reason", reason));
    }
  }

  /** The provider does not agree. */
  @Command(
      name = "refuse",
      description = "Refuse an application as the provider.",
      footer = {"govcloud agreement refuse police transport/inspection --reason 'no such law'"})
  public static final class Refuse extends Reasoned {
    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "refuse");
    }
  }

  /** The consumer gives it up. */
  @Command(
      name = "withdraw",
      description = "Give an application up as the consumer.",
      footer = {"govcloud agreement withdraw transport transport/inspection --reason 'not needed'"})
  public static final class Withdraw extends Reasoned {
    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "withdraw");
    }
  }

  /** A party stops the exchange. */
  @Command(
      name = "suspend",
      description = "Stop the exchange for a time, within two seconds on every node.",
      footer = {"govcloud agreement suspend police transport/inspection --reason 'odd queries'"})
  public static final class Suspend extends Reasoned {
    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "suspend");
    }
  }

  /** A party ends the agreement. */
  @Command(
      name = "revoke",
      description = "End an agreement for good, within two seconds on every node.",
      footer = {"govcloud agreement revoke police transport/inspection --reason 'law has changed'"})
  public static final class Revoke extends Reasoned {
    @Override
    protected ExitCode run(Connection connection) {
      return post(connection, "revoke");
    }
  }
}
