package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.SourceCommand;
import govcloud.domain.identity.SourceState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps out who tries many accounts from one place. The place is an entity of the log, so that all
 * nodes know it, and the next one when a node is lost. It is read at each attempt, and written only
 * where somebody is refused, or is let in after having been refused. Where it cannot be read nobody
 * is kept out for it.
 */
final class SourceGuard {

  private static final Logger LOG = LoggerFactory.getLogger(SourceGuard.class);
  private static final int NETWORK_BYTES = 8;

  /** What says that a name, password or code was wrong. */
  private static final Set<String> REFUSED =
      Set.of("SIGN_IN_REFUSED", "SIGN_IN_CODE_USED", "SIGN_IN_LOCKED", "PROVIDER_SIGN_IN_REFUSED");

  private final Entities entities;
  private final Gateways gateways;
  private final InstantSource clock;

  /**
   * Guards every place.
   *
   * @param gateways that are never closed, as that would shut out everybody behind them
   */
  SourceGuard(Entities entities, Gateways gateways, InstantSource clock) {
    this.entities = entities;
    this.gateways = gateways;
    this.clock = clock;
  }

  /**
   * The entity of an address: the address itself, and of the sixth version its network of 64 bits,
   * as anybody has 2^64 of those.
   */
  static String id(String address) {
    return Gateways.read(address).map(SourceGuard::id).orElse("source/unknown");
  }

  private static String id(InetAddress address) {
    byte[] bytes = address.getAddress();
    var hex = HexFormat.of();
    return bytes.length == 4
        ? "source/v4-" + hex.formatHex(bytes)
        : "source/v6-" + hex.formatHex(bytes, 0, NETWORK_BYTES);
  }

  /** Does the work of an attempt, and notes that it was refused; fails with a problem. */
  <T> CompletionStage<T> watch(SignIns.Attempt attempt, Supplier<CompletionStage<T>> work) {
    return admit(attempt).thenCompose(source -> watched(attempt, work));
  }

  /** The same where success means that somebody is in, who is then a stranger no longer. */
  <T> CompletionStage<T> letIn(SignIns.Attempt attempt, Supplier<CompletionStage<T>> work) {
    return admit(attempt)
        .thenCompose(
            source ->
                watched(attempt, work)
                    .thenCompose(
                        in ->
                            source.knows(name(attempt))
                                ? note(attempt, new SourceCommand.NoteLetIn(name(attempt)))
                                    .thenApply(done -> in)
                                : CompletableFuture.completedStage(in)));
  }

  private CompletionStage<SourceState> admit(SignIns.Attempt attempt) {
    if (gateways.has(attempt.source())) {
      return CompletableFuture.completedStage(SourceState.CLEAN);
    }
    return entities
        .<SourceState>read(id(attempt.source()))
        .handle((answer, failure) -> failure == null ? answer.state() : unread(attempt, failure))
        .thenApply(
            state -> {
              state.closedFor(clock.instant()).ifPresent(left -> refuse(left));
              return state;
            });
  }

  /**
   * The lockout of each account still holds, and people have to come in where something is lost.
   */
  private static SourceState unread(SignIns.Attempt attempt, Throwable failure) {
    LOG.warn("trace {}: its source is not known", attempt.visit().traceId(), failure);
    return SourceState.CLEAN;
  }

  /** The same for every name, and for a right password too. */
  private static void refuse(Duration left) {
    throw Problem.of(
            BorderCode.SIGN_IN_SOURCE_CLOSED,
            "sign-ins: too many different accounts refused from one address (expected: to wait)")
        .header("Retry-After", Long.toString(left.toSeconds() + 1))
        .asException();
  }

  private <T> CompletionStage<T> watched(
      SignIns.Attempt attempt, Supplier<CompletionStage<T>> work) {
    return work.get()
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.<T>completedStage(done);
              }
              var cause = failure instanceof CompletionException ? failure.getCause() : failure;
              if (cause instanceof DepartmentClosed closed) {
                return CompletableFuture.<T>failedStage(closed.told());
              }
              var problem = CompletableFuture.<T>failedStage(failure);
              return isRefusal(cause) && !gateways.has(attempt.source())
                  ? note(attempt, new SourceCommand.NoteRefused(name(attempt)))
                      .thenCompose(noted -> problem)
                  : problem;
            })
        .thenCompose(stage -> stage);
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof ProblemException problem && REFUSED.contains(problem.problem().code());
  }

  /** Nobody hears that it could not be noted: the attempt was answered by what it was. */
  private CompletionStage<Void> note(SignIns.Attempt attempt, SourceCommand command) {
    return entities
        .<SourceState>ask(
            id(attempt.source()),
            Request.of(command, Actor.platform()).tracedBy(attempt.visit().traceId()))
        .<Void>handle(
            (answer, failure) -> {
              if (failure != null) {
                LOG.warn("trace {}: not noted at its source", attempt.visit().traceId(), failure);
              }
              return null;
            });
  }

  /** What was typed for a name may be a password. */
  private static String name(SignIns.Attempt attempt) {
    return Chance.hash(attempt.account());
  }
}
