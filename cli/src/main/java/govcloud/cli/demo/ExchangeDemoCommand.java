package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiClient;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows step by step how departments ask each other for data. */
@Command(
    name = "exchange",
    description = {
      "Show on this machine's cloud how departments share data: resources and records, agreements",
      "that people sign, queries because of a case, what is masked, what is refused and why, the",
      "entry in the ledger, its proof verified offline, and what the citizen sees. The people are",
      "synthetic; it can be run again. LANG decides between Chinese and English."
    },
    footer = {"govcloud demo exchange", "govcloud demo exchange --scene credit"})
public final class ExchangeDemoCommand extends ApiCommand {
  private static final int SECRET_BYTES = 24;

  private final SecureRandom random = new SecureRandom();

  @Option(
      names = "--scene",
      paramLabel = "NAME",
      description =
          "Only this one: violations, certificates, conduct, credit, epidemic, assistance or"
              + " bicycles; repeatable. Default: all.")
  private List<String> names;

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  protected ExitCode run(Connection connection) {
    Supplier<String> keys = () -> "demo-" + secret();
    JsonNode cast = ExchangeScene.cast(connection.json());
    String run = String.valueOf(connection.clock().instant().getEpochSecond());
    List<ExchangeScene> scenes = ExchangeScene.named(connection.json(), names, run);
    ApiClient machine = connection.api().withToken(connection.home().readToken());
    DemoPeople people = new DemoPeople(connection, this::secret);
    ExchangeStage stage = new ExchangeStage(connection, machine, people, cast, keys);
    ExchangeTale tale = new ExchangeTale(connection);
    ExchangeProof proofs =
        new ExchangeProof(machine, connection.home().folder().resolve("demo-exchange"));
    stage.load(scenes);
    int number = 0;
    for (ExchangeScene scene : scenes) {
      number++;
      stage.agree(scene);
      tale.begin(number, scenes.size(), scene, stage.agreement(scene));
      new ExchangePlay(connection, stage, tale, proofs, keys, scene).play();
    }
    connection
        .terminal()
        .say(
            "Look for yourself: sign in as one of the people in "
                + people.file()
                + "; verify a proof with `govcloud ledger verify`; see docs/demo-exchange.md.");
    return ExitCode.OK;
  }
}
