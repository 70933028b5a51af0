package govcloud.node.exchange;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A witness beside the sibling, asked as C2SP tlog-witness says. It may be anybody's, so nothing
 * that it says is believed but what the keys of this ledger and its own have signed. Of one thread.
 */
final class ThirdWitness {

  /** Clocks may differ by so much; a later cosignature would make readers refuse the state. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /** After a failure it is left alone for so long. */
  private static final Duration REST = Duration.ofSeconds(2);

  private static final int LARGEST = 64 << 10;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int TRIES = 3;
  private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n?");

  private final ThirdWitnessSettings settings;
  private final VerifierKey key;
  private final VerifierKey log;
  private final HttpClient client;
  private final InstantSource clock;

  /** Entries that it has, as far as is known here. */
  private long known;

  /** For how many entries of its own it was asked for its state. */
  private long lookedAt;

  private Instant restsUntil = Instant.MIN;
  private String cosignedText = "";
  private Answer cosigned = Answer.NONE;
  private volatile Cosigned status;

  /**
   * Nothing asked yet.
   *
   * @param settings with an address and a key
   * @param log public key of this cloud's ledger
   */
  ThirdWitness(ThirdWitnessSettings settings, VerifierKey log, InstantSource clock) {
    this.settings = settings;
    this.key = settings.verifier().orElseThrow();
    this.log = log;
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .sslContext(settings.tls())
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
    this.status = new Cosigned(0, 0, Optional.empty(), Optional.empty(), Optional.empty(), "");
  }

  /** Proves that states of this ledger continue each other. */
  @FunctionalInterface
  interface Proofs {
    List<Hash> consistency(long from, long to) throws LedgerException;
  }

  /**
   * What came of asking.
   *
   * @param line that cosigns the state
   * @param other a state of this ledger that the witness has in place of it, signed by this ledger
   */
  record Answer(Optional<String> line, Optional<CheckedCheckpoint> other) {
    static final Answer NONE = new Answer(Optional.empty(), Optional.empty());
  }

  /** How far it is. */
  Cosigned status() {
    return status;
  }

  /** Whether states are cosigned with its cosignature alone. */
  boolean isRequired() {
    return settings.required();
  }

  /**
   * Has a state cosigned; never fails, for nobody waits for this witness.
   *
   * @param size entries of the state
   */
  Answer cosign(SignedNote state, long size, Proofs proofs) {
    if (cosignedText.equals(state.text())) {
      return cosigned;
    }
    if (clock.instant().isBefore(restsUntil)) {
      return without(size, status.problem(), Optional.empty());
    }
    try {
      return ask(state, size, proofs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.NONE;
    } catch (LedgerException e) {
      return rest(size, e.getMessage(), Optional.empty());
    } catch (IOException | RuntimeException e) {
      return rest(
          size,
          "LEDGER_WITNESS_AWAY: " + settings.address().orElseThrow() + ": " + e,
          Optional.empty());
    }
  }

  private Answer rest(long size, String problem, Optional<CheckedCheckpoint> other) {
    restsUntil = clock.instant().plus(REST);
    return without(size, problem, other);
  }

  private Answer without(long size, String problem, Optional<CheckedCheckpoint> other) {
    var before = status;
    var since = before.behindSince().or(() -> Optional.of(clock.instant()));
    status = new Cosigned(size, before.cosigned(), before.at(), before.heard(), since, problem);
    return new Answer(Optional.empty(), other);
  }

  private Answer ask(SignedNote state, long size, Proofs proofs)
      throws IOException, InterruptedException, LedgerException {
    for (int i = 0; i < TRIES && known <= size; i++) {
      var hashes = new StringBuilder();
      proofs.consistency(known, size).forEach(hash -> hashes.append(hash).append('\n'));
      var answer =
          send("add-checkpoint", Optional.of("old " + known + "\n" + hashes + "\n" + state));
      if (answer.statusCode() == OK) {
        return cosigned(state, size, text(answer));
      } else if (answer.statusCode() != CONFLICT) {
        return refused(size, answer.statusCode(), text(answer));
      }
      known = size(text(answer));
    }
    var problem = "LEDGER_WITNESS_MISSING: it has " + known + " entries, this node " + size;
    var answer = rest(size, problem, newest());
    // What it said may be made up, and is asked again.
    known = Math.min(known, size);
    return answer;
  }

  private Answer cosigned(SignedNote state, long size, String lines) throws LedgerException {
    var line = line(state, lines);
    known = size;
    cosigned = new Answer(Optional.of(line), Optional.empty());
    cosignedText = state.text();
    var now = Optional.of(clock.instant());
    status = new Cosigned(size, size, now, now, Optional.empty(), "");
    return cosigned;
  }

  private String line(SignedNote state, String lines) throws LedgerException {
    for (String line : lines.split("\n", -1)) {
      if (line.startsWith("\u2014 " + key.name() + " ")) {
        var own = line + "\n";
        if (trust().check(state.with(List.of(own)).toBytes(), "cosignature").enough()) {
          return own;
        }
      }
    }
    throw new LedgerException(
        LedgerDefect.LEDGER_WITNESS_MISSING, key.name(), "answered without its cosignature");
  }

  /** Of this ledger alone, cosigned by this witness and not later than now. */
  private TrustPolicy trust() throws LedgerException {
    var text = "log " + log + "\nwitness third " + key + "\nquorum third\n";
    return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8), "policy")
        .notAfter(clock.instant().plus(CLOCKS_DIFFER).getEpochSecond());
  }

  private Answer refused(long size, int code, String detail)
      throws IOException, InterruptedException, LedgerException {
    var defect =
        switch (code) {
          case FORBIDDEN -> LedgerDefect.LEDGER_SIGNER_UNKNOWN;
          case NOT_FOUND -> LedgerDefect.LEDGER_ORIGIN_WRONG;
          case UNPROCESSABLE -> LedgerDefect.LEDGER_FORKED;
          default -> LedgerDefect.LEDGER_UNAVAILABLE;
        };
    lookedAt = 0;
    var other = code == UNPROCESSABLE ? newest() : Optional.<CheckedCheckpoint>empty();
    return rest(
        size, defect + ": status " + code + " of " + key.name() + ": " + detail.strip(), other);
  }

  /** The state that it has, if it shows one; once for each number of entries. */
  private Optional<CheckedCheckpoint> newest()
      throws IOException, InterruptedException, LedgerException {
    if (lookedAt == known) {
      return Optional.empty();
    }
    lookedAt = known;
    var answer = send(SiblingTrust.hash(log.name()) + "/checkpoint", Optional.empty());
    if (answer.statusCode() != OK) {
      closeQuietly(answer.body());
      return Optional.empty();
    }
    return Optional.of(trust().check(text(answer).getBytes(StandardCharsets.UTF_8), "its state"));
  }

  private static long size(String text) throws LedgerException {
    if (!SIZE.matcher(text).matches()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MALFORMED, "size", "(expected: a number and a newline)");
    }
    return Long.parseLong(text.strip());
  }

  private HttpResponse<InputStream> send(String path, Optional<String> body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(settings.address().orElseThrow().resolve(path))
            .timeout(settings.timeout());
    body.ifPresent(text -> request.POST(HttpRequest.BodyPublishers.ofString(text)));
    var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    // The request's own time ends with the headers; who says no more would hold up the sibling.
    CompletableFuture.delayedExecutor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> closeQuietly(answer.body()));
    return answer;
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private static String text(HttpResponse<InputStream> answer) throws IOException {
    try (var in = answer.body()) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
    }
  }
}
