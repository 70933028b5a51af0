package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.FileTransfer;
import govcloud.cli.command.Waiting;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Opening;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches proofs once, and checks them as anybody can without the cloud. */
final class ExchangeProof {
  private static final String TRUST = "ledger.trust.txt";
  private static final int WITNESS_SECONDS = 30;

  private final ApiClient api;
  private final Path folder;
  private TrustPolicy policy;

  /**
   * Proofs of one ledger.
   *
   * @param api of whoever has an account
   * @param folder in which proofs, and what is trusted, are kept
   */
  ExchangeProof(ApiClient api, Path folder) {
    this.api = api;
    this.folder = folder;
  }

  /**
   * A proof in its file, and what it proves.
   *
   * @param witnessed whether as many as the policy asks for have cosigned
   */
  record Checked(Path proof, boolean witnessed, Entry entry) {}

  /**
   * Fetches the proof of an entry and checks it; waits for its witnesses.
   *
   * @param evidence of an answer or a refusal
   * @throws CommandFailure when it does not prove that the ledger has this exchange
   */
  Checked check(JsonNode evidence) {
    for (int second = 0; second < WITNESS_SECONDS; second++) {
      Checked checked = fetched(evidence);
      if (checked.witnessed()) {
        return checked;
      }
      Waiting.pause(Duration.ofSeconds(1));
    }
    throw wrong(
        "entry "
            + evidence.path("index").asText()
            + ": without enough witnesses (see exchange status)");
  }

  private Checked fetched(JsonNode evidence) {
    String index = evidence.path("index").asText();
    Path proof =
        fetch(api, ApiRequest.path("v1", "ledger", "proofs", index), index + ".tlog-proof");
    try {
      LogProof read = LogProof.parse(Files.readAllBytes(proof), proof.toString());
      byte[] leaf = read.extra().orElseThrow();
      boolean witnessed = read.check(leaf, policy(), proof.toString()).enough();
      Entry entry = (Entry) Leaf.parse(leaf, proof.toString());
      if (!entry.id().equals(evidence.path("exchange").asText())) {
        throw wrong(
            proof + ": of " + entry.id() + " (expected: " + evidence.path("exchange") + ")");
      }
      return new Checked(proof, witnessed, entry);
    } catch (LedgerException e) {
      throw wrong(e.getMessage());
    } catch (IOException e) {
      throw wrong("Cannot read " + proof + " (" + e + ").");
    }
  }

  /** Whom to trust; fetched once. */
  private TrustPolicy policy() throws IOException, LedgerException {
    if (policy == null) {
      Path trust = fetch(api, ApiRequest.path("v1", "ledger", "policy"), TRUST);
      policy = TrustPolicy.parse(Files.readAllBytes(trust), trust.toString());
    }
    return policy;
  }

  /**
   * Fetches what opens the citizen's number in an entry, and checks that it does.
   *
   * @param citizen whose number it is
   * @param path of the look at the citizen's data
   */
  Path open(ApiClient citizen, String path, Checked checked) {
    Path file = fetch(citizen, path + "/opening", checked.entry().id() + ".opening");
    try {
      Opening.parse(Files.readAllBytes(file), file.toString())
          .check(checked.entry(), file.toString());
      return file;
    } catch (LedgerException e) {
      throw wrong(e.getMessage());
    } catch (IOException e) {
      throw wrong("Cannot read " + file + " (" + e + ").");
    }
  }

  private Path fetch(ApiClient who, String path, String name) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw wrong("Cannot write " + file + " (" + e + ").");
    }
    FileTransfer.fetch(who, ApiRequest.get(path), file, (share, bytes, note) -> {});
    return file;
  }

  private static CommandFailure wrong(String what) {
    return new CommandFailure(ExitCode.FAILED, "DEMO_OTHERWISE", what);
  }
}
