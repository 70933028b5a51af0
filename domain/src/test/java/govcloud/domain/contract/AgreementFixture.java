package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.sharing.Agreement;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Masking;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.SharingLimits;
import govcloud.domain.sharing.SharingSamples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The transport bureau asks the police for traffic violations. */
public final class AgreementFixture
    implements AggregateFixture<AgreementCommand, AgreementEvent, AgreementState> {

  private static final AgreementTerms TERMS =
      SharingSamples.with(
              false,
              Optional.empty(),
              Instant.parse("2026-04-20T00:00:00Z"),
              new AgreementTerms.Field("plate", Masking.PLAIN))
          .inEmergency(2);

  private static final String ADDRESS = TERMS.address();

  @Override
  public Agreement aggregate() {
    return new Agreement(
        new TestCatalogue().calendar(), SharingLimits.USUAL, (terms, resource) -> List.of());
  }

  @Override
  public Class<AgreementCommand> commandType() {
    return AgreementCommand.class;
  }

  @Override
  public Class<AgreementEvent> eventType() {
    return AgreementEvent.class;
  }

  @Override
  public List<AgreementCommand> commands() {
    var police = "police";
    var transport = "transport";
    var conditional = new AgreementCommand.Apply(transport, TERMS, SharingSamples.VIOLATIONS);
    List<AgreementCommand> usual =
        List.of(
            conditional,
            conditional,
            new AgreementCommand.Apply(
                transport,
                TERMS,
                SharingSamples.with(SharingClass.UNCONDITIONAL, "", List.of(Mode.QUERY))),
            new AgreementCommand.Apply(
                transport, TERMS.following(ADDRESS), SharingSamples.VIOLATIONS),
            new AgreementCommand.Apply(police, TERMS, SharingSamples.VIOLATIONS),
            new AgreementCommand.Return("which cases?"),
            new AgreementCommand.Confirm(),
            new AgreementCommand.Confirm(),
            new AgreementCommand.Consent(police),
            new AgreementCommand.Consent(police),
            new AgreementCommand.Consent(transport),
            new AgreementCommand.Refuse(police, "《个人信息保护法》"),
            new AgreementCommand.Refuse(police, ""),
            new AgreementCommand.Withdraw(transport, "no longer needed"),
            new AgreementCommand.Sign(police, ADDRESS),
            new AgreementCommand.Sign(transport, ADDRESS),
            new AgreementCommand.Sign(police, ADDRESS),
            new AgreementCommand.Sign(transport, ADDRESS),
            new AgreementCommand.Sign(transport, "another"),
            new AgreementCommand.Suspend(police, "many odd queries"),
            new AgreementCommand.Resume(police),
            new AgreementCommand.Resume(transport),
            new AgreementCommand.Revoke(transport, "the law has changed"),
            new AgreementCommand.Expire(),
            new AgreementCommand.Escalate());
    return Stream.concat(usual.stream(), activations(police, transport).stream()).toList();
  }

  /** Those that go on more than once: much has to happen before the last one. */
  private static List<AgreementCommand> activations(String police, String transport) {
    var activate = new AgreementCommand.Activate(transport, 1);
    var lapse = new AgreementCommand.LapseActivation();
    var review = new AgreementCommand.ReviewActivation(transport, "nothing odd");
    return List.of(
        new AgreementCommand.RequestActivation(transport, "flood", "2026-7"),
        new AgreementCommand.RequestActivation(transport, "flood", "2026-7"),
        new AgreementCommand.RequestActivation(police, "flood", ""),
        activate,
        activate,
        activate,
        activate,
        new AgreementCommand.Activate(police, 2),
        new AgreementCommand.EndActivation(police, "the water is gone"),
        lapse,
        lapse,
        lapse,
        review,
        review,
        review);
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("li", "agreement-signer"),
        new Actor("wang", Actor.OPERATOR),
        new Actor("zhao", Actor.OPERATOR),
        new Actor("sun", "agreement-signer", "importer-program"));
  }

  @Override
  public Set<Class<? extends AgreementCommand>> idempotent() {
    return Set.of(
        AgreementCommand.Expire.class,
        AgreementCommand.Escalate.class,
        AgreementCommand.LapseActivation.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of(
        "vacant",
        "submitted",
        "returned",
        "checked",
        "signing",
        "refused",
        "withdrawn",
        "effective",
        "suspended",
        "revoked",
        "expired");
  }

  @Override
  public int pace() {
    return 2_500;
  }
}
