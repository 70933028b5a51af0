package govcloud.cli.keys;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.command.HomeOption;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about the keys in the cloud's home. */
abstract class KeyTask implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private HomeOption home;
  @Mixin private OutputOption output;

  /** Does it. */
  abstract ExitCode run(KeyFolder keys) throws KeyException;

  @Override
  public final Integer call() {
    KeyFolder keys = new KeyFolder(home.home(terminal().variables()).folder().resolve("keys"));
    try {
      return run(keys).number();
    } catch (KeyException e) {
      throw failure(e);
    }
  }

  /** How a command ends that could not use keys. */
  static CommandFailure failure(KeyException e) {
    ExitCode code =
        switch (e.defect()) {
          case KEY_FILE_EXISTS -> ExitCode.CONFLICT;
          case KEY_FILE_MISSING -> ExitCode.NOT_FOUND;
          default -> ExitCode.FAILED;
        };
    return new CommandFailure(code, e.defect().name(), e.getMessage());
  }

  final Terminal terminal() {
    return ((Govcloud) spec.root().userObject()).terminal();
  }

  final Clock clock() {
    return ((Govcloud) spec.root().userObject()).clock();
  }

  /** Notes what is done, for the audit trail. */
  final void deed(KeyFolder keys, String action, String object) throws KeyException {
    String sudo = terminal().variables().getOrDefault("SUDO_USER", "");
    String user = System.getProperty("user.name") + (sudo.isEmpty() ? "" : "/" + sudo);
    new KeyDeeds(keys).add(clock().instant(), action, object, user);
  }

  final Output output() {
    return new Output(terminal(), output.format(), Json.mapper());
  }
}
