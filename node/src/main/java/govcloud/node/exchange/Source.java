package govcloud.node.exchange;

import govcloud.domain.Refusal;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.CitedCase;
import govcloud.exchange.gate.Ruling;
import govcloud.exchange.release.Release;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where what is let out comes from: a provider of this cloud, or another cloud. */
@FunctionalInterface
interface Source {

  /**
   * Asks. Fails when nobody answers.
   *
   * @param until nobody waits longer
   */
  CompletionStage<Given> ask(Question question, Instant until);

  /** A query that the gate of this cloud has let through. */
  record Question(Message message, Agreed agreed, CitedCase cited, Ruling ruling) {}

  /**
   * What was given.
   *
   * @param refusal why nothing was; none: something was
   * @param signed what another cloud has signed of the exchange, by name
   * @param asOf the moment whose state it is; none: nobody says
   */
  record Given(
      Optional<Refusal> refusal,
      Release release,
      Map<String, String> signed,
      Optional<Instant> asOf) {

    static Given of(Release release, Map<String, String> signed, Optional<Instant> asOf) {
      return new Given(Optional.empty(), release, signed, asOf);
    }

    static Given refused(Refusal refusal, Map<String, String> signed) {
      return new Given(Optional.of(refusal), Release.NOTHING, signed, Optional.empty());
    }
  }
}
