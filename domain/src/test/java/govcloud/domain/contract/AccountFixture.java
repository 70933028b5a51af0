package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Passkey;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.domain.identity.SignInFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A clerk of a transport bureau, and a program that imports old cases. */
public final class AccountFixture
    implements AggregateFixture<AccountCommand, AccountEvent, AccountState> {

  /** The one-time code's hash. */
  public static final Secret CODE = new Secret("c0de");

  /** The verifier of the right password. */
  public static final Secret VERIFIER = new Secret("$argon2id$right");

  /** A good invitation. */
  public static final AccountCommand.Invite INVITE =
      new AccountCommand.Invite("张三", Optional.of("transport"), List.of("clerk"), CODE);

  /** A good invitation of somebody in private. */
  public static final AccountCommand.Invite INVITE_CITIZEN =
      new AccountCommand.Invite("王小明", Optional.empty(), List.of(Roles.CITIZEN), CODE);

  /** A good first visit. */
  public static final AccountCommand.AcceptInvitation ACCEPT =
      new AccountCommand.AcceptInvitation(CODE, VERIFIER, new Secret("JBSWY3DP"), "127.0.0.1");

  /** A sign-in with the right password and the code of a time step. */
  public static AccountCommand.SignIn signIn(long step) {
    return new AccountCommand.SignIn(
        Optional.of(VERIFIER), step, "s" + step, "token-" + step, "127.0.0.1");
  }

  /** A sign-in with a wrong password. */
  public static final AccountCommand.SignIn WRONG =
      new AccountCommand.SignIn(Optional.empty(), 1, "s0", "token-0", "127.0.0.1");

  /** One thing after the other; rare in a walk, so they are there several times. */
  private static final List<AccountCommand> OF_OWN_FACTORS =
      List.of(
          new AccountCommand.ChallengePasskey(
              Optional.of(VERIFIER), Passkey.Purpose.REGISTRATION, "c1", "127.0.0.1"),
          new AccountCommand.ChallengePasskey(
              Optional.of(VERIFIER), Passkey.Purpose.SIGN_IN, "c2", "127.0.0.1"),
          new AccountCommand.AddPasskey("c1", "key-1", "desk", "pQEC", 0),
          new AccountCommand.SignInByPasskey(
              "c2", Optional.empty(), "key-1", 1, "s4", "token-4", "127.0.0.1"),
          new AccountCommand.CountPasskey("c3", "key-1", 1),
          new AccountCommand.RemoveSecondFactor(
              Optional.of(VERIFIER), AccountCommand.RemoveSecondFactor.TOTP, "127.0.0.1"),
          new AccountCommand.RemoveSecondFactor(Optional.of(VERIFIER), "key-1", "127.0.0.1"),
          new AccountCommand.ChangePassword(Optional.of(VERIFIER), VERIFIER, "s1", "127.0.0.1"));

  private static final AccountCommand.ProviderAnswer KNOWN =
      AccountCommand.ProviderAnswer.of(new ProviderIdentity("https://id.example", "24400320"));

  /** Through a provider, whom it knows and whom it does not. */
  private static final List<AccountCommand> BY_PROVIDER =
      List.of(
          new AccountCommand.LinkProvider(CODE, KNOWN, "127.0.0.1"),
          new AccountCommand.SignInByProvider(KNOWN, "s5", "token-5", "127.0.0.1"),
          new AccountCommand.SignInByProvider(
              AccountCommand.ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED),
              "s6",
              "token-6",
              "127.0.0.1"));

  /** Who that is: known, and then known to be nobody else. */
  private static final List<AccountCommand> OF_CITIZENS =
      List.of(
          new AccountCommand.ProveIdentity(new Secret("999999199001010016")),
          new AccountCommand.ProveIdentity(new Secret("999999199202020026")),
          new AccountCommand.ProveIdentity(new Secret("999999199001010018")));

  @Override
  public Account aggregate() {
    return new Account();
  }

  @Override
  public Class<AccountCommand> commandType() {
    return AccountCommand.class;
  }

  @Override
  public Class<AccountEvent> eventType() {
    return AccountEvent.class;
  }

  @Override
  public List<AccountCommand> commands() {
    var later = AggregateWalk.BEGIN.plus(Duration.ofDays(300));
    List<AccountCommand> others =
        List.of(
            INVITE,
            new AccountCommand.Invite("", Optional.empty(), List.of("clerk"), CODE),
            new AccountCommand.RenewInvitation(CODE),
            ACCEPT,
            ACCEPT,
            ACCEPT,
            new AccountCommand.Enrol(
                "importer", Optional.empty(), List.of(Actor.IMPORTER), "4b1d", later),
            new AccountCommand.Enrol(
                "robot", Optional.empty(), List.of(Roles.SYSTEM), "4b1d", later),
            new AccountCommand.ReplaceKey("4b1e", later),
            INVITE_CITIZEN,
            INVITE_CITIZEN,
            new AccountCommand.ChangeRoles(Optional.of("transport"), List.of("clerk", "reviewer")),
            new AccountCommand.ChangeRoles(Optional.empty(), List.of(Roles.SYSTEM, Roles.AUDIT)),
            signIn(1),
            signIn(2),
            signIn(3),
            WRONG,
            WRONG,
            new AccountCommand.UseSession("s1"),
            new AccountCommand.UseSession("s2"),
            new AccountCommand.EndSession("s1"),
            new AccountCommand.EndSession("s3"),
            new AccountCommand.EndSession(AccountCommand.EndSession.ALL),
            new AccountCommand.GrantEmergency("approver", "emergency-1"),
            new AccountCommand.GrantEmergency("head", "emergency-2"),
            new AccountCommand.InEmergency(new AccountCommand.RenewInvitation(CODE)),
            new AccountCommand.Recover(CODE, AggregateWalk.BEGIN.plus(Duration.ofMinutes(20))),
            new AccountCommand.Suspend("left the department"),
            new AccountCommand.Suspend(" "),
            new AccountCommand.Resume());
    return withTheRare(others);
  }

  private static List<AccountCommand> withTheRare(List<AccountCommand> others) {
    var commands = new ArrayList<AccountCommand>(others);
    for (int i = 0; i < 6; i++) {
      commands.addAll(OF_OWN_FACTORS);
      commands.addAll(OF_CITIZENS);
      commands.addAll(BY_PROVIDER);
    }
    return commands;
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("li", Roles.SECURITY),
        new Actor("wu", Roles.SECURITY),
        Actor.platform(),
        new Actor("wang", Actor.OPERATOR));
  }

  @Override
  public Set<Class<? extends AccountCommand>> idempotent() {
    return Set.of(
        AccountCommand.ProveIdentity.class,
        AccountCommand.ChangeRoles.class,
        AccountCommand.EndSession.class,
        AccountCommand.Suspend.class,
        AccountCommand.Resume.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("vacant", "invited", "active", "suspended");
  }

  @Override
  public int pace() {
    return 2;
  }
}
