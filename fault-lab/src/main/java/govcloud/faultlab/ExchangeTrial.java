package govcloud.faultlab;

import govcloud.faultlab.checker.ExchangeChecks;
import govcloud.faultlab.checker.Violation;
import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.cloud.Ledgers;
import govcloud.faultlab.history.Exchange;
import govcloud.faultlab.history.Operation.Outcome;
import govcloud.faultlab.history.Recorder;
import govcloud.faultlab.load.Api;
import govcloud.faultlab.load.Exchanges;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The part of a trial in which departments ask each other, and the ledger of that is judged. */
final class ExchangeTrial {
  private static final int CLERKS = 4;
  private static final int LEAST = 50;

  private final Cloud cloud;
  private final Ledgers ledgers;
  private final Api api;
  private final TrialSettings settings;
  private final Consumer<String> log;
  private final Exchanges exchanges;

  ExchangeTrial(
      Cloud cloud, Ledgers ledgers, Api api, TrialSettings settings, Consumer<String> log) {
    this.cloud = cloud;
    this.ledgers = ledgers;
    this.api = api;
    this.settings = settings;
    this.log = log;
    this.exchanges =
        new Exchanges(api, cloud.nodeNames(), CLERKS, settings.pauseMillis(), settings.seed());
  }

  /** Returns when every node exchanges. */
  void start() {
    exchanges.start();
    log.accept("departments ask each other");
  }

  boolean allAnsweredSince(long moment) {
    return exchanges.allAnsweredSince(moment);
  }

  /** Lets everybody finish what is under way, and waits for nobody. */
  void giveUp() {
    exchanges.giveUp();
  }

  /** Ends the clerks, and judges when all is quiet. */
  List<Violation> judge() throws InterruptedException, IOException {
    exchanges.stop();
    List<Exchange> asked = exchanges.asked();
    List<Exchange> again = exchanges.again();
    keep(asked);
    long given = asked.stream().filter(Exchange::ok).count();
    long unknown = asked.stream().filter(one -> one.outcome() == Outcome.UNKNOWN).count();
    log.accept(
        "exchanges: %d answered, %d unknown, %d refused; %d sent again"
            .formatted(given, unknown, asked.size() - given - unknown, again.size()));
    try {
      TrustPolicy policy = ledgers.policy();
      List<Violation> violations = new ArrayList<>(late(policy, again));
      ExchangeChecks checks = new ExchangeChecks(policy, states(policy));
      check(checks, ledgers.own(cloud.home().nodes()), policy);
      check(checks, ledgers.copies(cloud.sibling().nodes()), ledgers.policyOfCopies());
      checks.answers(asked, again, this::proof);
      violations.addAll(checks.violations());
      if (given < LEAST) {
        violations.add(found(given + " exchanges answered (expected: >= " + LEAST + ")"));
      }
      return violations;
    } catch (LedgerException e) {
      return List.of(found(e.getMessage()));
    }
  }

  private static Violation found(String what) {
    return new Violation(Invariant.I7_LEDGER, what);
  }

  private void keep(List<Exchange> asked) throws IOException {
    StringBuilder text = new StringBuilder();
    asked.forEach(exchange -> text.append(exchange).append('\n'));
    Files.writeString(settings.folder().resolve("exchanges.txt"), text);
  }

  private void check(ExchangeChecks checks, Map<String, Path> copies, TrustPolicy policy)
      throws IOException {
    for (Map.Entry<String, Path> copy : copies.entrySet()) {
      if (Files.exists(copy.getValue())) {
        long size = checks.copy(copy.getKey(), copy.getValue(), policy);
        log.accept("the ledger of %s has %d entries".formatted(copy.getKey(), size));
      }
    }
  }

  private Map<String, byte[]> states(TrustPolicy policy) throws IOException, LedgerException {
    Map<String, byte[]> states = new HashMap<>(exchanges.states());
    byte[] office = Files.readAllBytes(ledgers.officeState());
    states.put("office", office);
    log.accept(
        "%d signed states were seen; the audit office's has %d entries"
            .formatted(states.size(), policy.check(office, "office").size()));
    return states;
  }

  private Optional<byte[]> proof(long index) {
    List<String> nodes = cloud.nodeNames();
    return api.file(nodes.get((int) (index % nodes.size())), "/v1/ledger/proofs/" + index);
  }

  /** Within the bound every node shows a state that both witnesses cosigned, with every answer. */
  private List<Violation> late(TrustPolicy policy, List<Exchange> again)
      throws InterruptedException {
    long last = again.stream().mapToLong(Exchange::index).max().orElse(-1);
    long begin = Recorder.now();
    List<String> behind = behind(policy, last);
    while (!behind.isEmpty() && Recorder.now() - begin < settings.recoveryBound().toNanos()) {
      Thread.sleep(Duration.ofMillis(200).toMillis());
      behind = behind(policy, last);
    }
    log.accept(
        "after %.1f s both witnesses have cosigned entry %d, except at %s"
            .formatted((Recorder.now() - begin) / 1e9, last, behind));
    return behind.stream()
        .map(
            node ->
                new Violation(
                    Invariant.I13_LIVENESS,
                    "%s: entry %d is not cosigned within %d s"
                        .formatted(node, last, settings.recoveryBound().toSeconds())))
        .toList();
  }

  private List<String> behind(TrustPolicy policy, long last) {
    return cloud.nodeNames().stream()
        .filter(
            node ->
                api.file(node, "/v1/ledger/cosigned")
                    .flatMap(state -> checked(policy, state))
                    .filter(state -> state.enough() && state.size() > last)
                    .isEmpty())
        .toList();
  }

  private Optional<CheckedCheckpoint> checked(TrustPolicy policy, byte[] state) {
    try {
      return Optional.of(policy.check(state, "cosigned"));
    } catch (LedgerException e) {
      log.accept(e.getMessage() + ": " + new String(state, StandardCharsets.UTF_8));
      return Optional.empty();
    }
  }
}
