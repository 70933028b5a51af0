package govcloud.recovery.command;

import govcloud.cli.Main;

/** Starts the command. */
public final class RecoverMain {
  private RecoverMain() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Main.run(Recover::run, arguments);
  }
}
