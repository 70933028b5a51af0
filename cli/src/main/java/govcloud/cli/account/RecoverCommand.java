package govcloud.cli.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.approval.ApprovalCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Connection;
import govcloud.cli.command.OwnerFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks to let the only security administrator in again. */
@Command(
    name = "recover",
    description = {
      "Ask to let a security administrator in again who has lost the second factor, where no other",
      "one can come in. Needs the token of the installation. The one-time code is made here and",
      "kept in a file; a system and an audit administrator sign for it on the page that is shown,",
      "each with a passkey. It raises alarms, and the code is good for 30 minutes from then on."
    },
    footer = {
      "govcloud account recover security-admin --token-file /etc/govcloud/token \\",
      "    --code-file one-time-code --reason 'the telephone is lost'"
    })
public final class RecoverCommand extends AccountCommand.One {
  private static final int LETTERS = 24;
  private static final int GROUP = 4;

  /** Base32 without letters that look alike when they are typed from paper. */
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is part of what is signed.")
  private String reason;

  @Option(
      names = "--code-file",
      required = true,
      paramLabel = "FILE",
      description = "Where the one-time code is kept, mode 0600; delete it afterwards.")
  private Path codeFile;

  @Mixin private ChangeOptions change;

  @Override
  protected ExitCode run(Connection connection) {
    requireNew(codeFile);
    String code = code(new SecureRandom());
    var body = connection.body().put("code_hash", hash(code)).put("reason", reason);
    if (!change.isDryRun()) {
      OwnerFile.write(codeFile, code + "\n");
    }
    return ApprovalCommand.ask(connection, change, "POST", path("recovery"), body);
  }

  /** The code of an operation that others may sign for already would be gone. */
  private static void requireNew(Path file) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "CODE_FILE_EXISTS",
          "--code-file: " + file + " is there (expected: a file that is made now)");
    }
  }

  /** 120 random bits in groups of four letters: its hash can be read by many for a week. */
  private static String code(SecureRandom random) {
    var code = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      code.append(i > 0 && i % GROUP == 0 ? "-" : "")
          .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }

  private static String hash(String code) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(code.replace("-", "").getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: every JDK has it", e);
    }
  }
}
