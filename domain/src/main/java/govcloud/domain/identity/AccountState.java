package govcloud.domain.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account as it is now.
 *
 * @param name of the person or program, for other people
 * @param tenant the department that it belongs to; none: the platform
 * @param roles what it may do there; the first one is meant when none is named
 * @param sessions that have begun and were not ended; some may be over
 * @param createdAt when it was made; empty while vacant
 * @param citizen number of the citizen who has it, where somebody has seen the document
 * @param emergency the last role that it was given for an hour, in place of {@code roles}
 */
public record AccountState(
    Status status,
    Kind kind,
    String name,
    Optional<String> tenant,
    List<String> roles,
    Credentials credentials,
    Guard guard,
    List<Session> sessions,
    Optional<Instant> createdAt,
    Optional<Secret> citizen,
    Optional<EmergencyRole> emergency) {

  /** Where an account is in its life. */
  public enum Status {
    VACANT,
    INVITED,
    ACTIVE,
    SUSPENDED
  }

  /** What an account is for. */
  public enum Kind {
    PERSON,
    PROGRAM
  }

  /** So many sessions an account may have; a further one ends the oldest. */
  static final int MOST_SESSIONS = 16;

  /** Nobody has it. */
  public static final AccountState VACANT =
      new AccountState(
          Status.VACANT,
          Kind.PERSON,
          "",
          Optional.empty(),
          List.of(),
          Credentials.NONE,
          Guard.OPEN,
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public AccountState {
    roles = List.copyOf(roles);
    sessions = List.copyOf(sessions);
  }

  /** The account as it counts at a moment: with the role of an emergency alone, while one is on. */
  public AccountState at(Instant now) {
    return emergency
        .filter(one -> one.isOn(now))
        .map(one -> acting(List.of(one.role()), emergency))
        .orElse(this);
  }

  private AccountState acting(List<String> now, Optional<EmergencyRole> role) {
    return new AccountState(
        status, kind, name, tenant, now, credentials, guard, sessions, createdAt, citizen, role);
  }

  /** The session of this id that lets somebody in at {@code now}. */
  public Optional<Session> session(String id, Instant now) {
    return sessions.stream().filter(s -> s.id().equals(id) && s.isAlive(now)).findFirst();
  }

  /** The session of a token that lets somebody in at {@code now}. */
  public Optional<Session> sessionOf(String tokenHash, Instant now) {
    return status == Status.ACTIVE
        ? sessions.stream()
            .filter(s -> s.tokenHash().equals(tokenHash) && s.isAlive(now))
            .findFirst()
        : Optional.empty();
  }

  /** Whether a key of this hash lets the program in at {@code now}. */
  public boolean admitsKey(String keyHash, Instant now) {
    return status == Status.ACTIVE
        && credentials
            .key()
            .filter(key -> key.hash().equals(keyHash) && now.isBefore(key.expiresAt()))
            .isPresent();
  }

  /** The account after {@code event}; accepts every event in every state. */
  AccountState after(AccountEvent event) {
    if (event instanceof AccountEvent.Invited e) {
      var in = Credentials.invited(e.codeHash(), e.codeExpiresAt());
      return made(Status.INVITED, Kind.PERSON, e.name(), e.tenant(), e.roles(), in, e.at());
    } else if (event instanceof AccountEvent.Enrolled e) {
      var in = Credentials.keyed(e.keyHash(), e.keyExpiresAt());
      return made(Status.ACTIVE, Kind.PROGRAM, e.name(), e.tenant(), e.roles(), in, e.at());
    } else if (event instanceof AccountEvent.InvitationRenewed e) {
      return letIn(
          Status.INVITED, credentials.invitedAgain(e.codeHash(), e.codeExpiresAt()), List.of());
    } else if (event instanceof AccountEvent.InvitationAccepted e) {
      return letIn(
              Status.ACTIVE, credentials.chosen(e.verifier(), e.totpSecret(), e.at()), List.of())
          .guarded(Guard.OPEN);
    } else if (event instanceof AccountEvent.ProviderLinked e) {
      return letIn(Status.ACTIVE, credentials.linked(e.identity()), List.of()).guarded(Guard.OPEN);
    } else if (event instanceof AccountEvent.KeyReplaced e) {
      return letIn(status, Credentials.keyed(e.keyHash(), e.keyExpiresAt()), List.of());
    } else if (event instanceof AccountEvent.RolesChanged e) {
      return belonging(e.tenant(), e.roles(), e.at());
    } else if (event instanceof AccountEvent.IdentityProved e) {
      return of(e.number());
    } else if (event instanceof AccountEvent.Suspended e) {
      return acting(roles, emergencyUntil(e.at())).letIn(Status.SUSPENDED, credentials, List.of());
    } else if (event instanceof AccountEvent.Resumed) {
      return letIn(Status.ACTIVE, credentials, sessions);
    }
    return afterChoice(event);
  }

  /** What a person changed about the own factors. */
  private AccountState afterChoice(AccountEvent event) {
    if (event instanceof AccountEvent.PasskeyChallenged e) {
      var challenge = new Passkey.Challenge(e.purpose(), e.challengeHash(), e.expiresAt());
      return letIn(status, credentials.challenged(challenge, e.at()), sessions);
    } else if (event instanceof AccountEvent.PasskeyAdded e) {
      var passkey = new Passkey(e.id(), e.name(), e.publicKey(), e.counter(), e.at());
      return letIn(status, credentials.added(passkey, e.challengeHash()), sessions);
    } else if (event instanceof AccountEvent.PasskeyUsed e) {
      return letIn(status, credentials.used(e.id(), e.counter(), e.challengeHash()), sessions);
    } else if (event instanceof AccountEvent.PasskeyRemoved e) {
      return letIn(status, credentials.removed(e.id()), sessions);
    } else if (event instanceof AccountEvent.TotpRemoved) {
      return letIn(status, credentials.withoutTotp(), sessions);
    } else if (event instanceof AccountEvent.PasswordChanged e) {
      return letIn(
              status,
              credentials.withPassword(e.verifier(), e.at()),
              sessions.stream().filter(s -> s.id().equals(e.session())).toList())
          .guarded(Guard.OPEN);
    }
    return afterVisit(event);
  }

  private AccountState afterVisit(AccountEvent event) {
    if (event instanceof AccountEvent.SignedIn e) {
      return letIn(status, credentials.usedStep(e.totpStep()), with(e)).guarded(Guard.OPEN);
    } else if (event instanceof AccountEvent.SignInRefused e) {
      return guarded(guard.refused(e.fault()));
    } else if (event instanceof AccountEvent.LockedOut e) {
      return guarded(guard.locked(e.until()));
    } else if (event instanceof AccountEvent.SessionUsed e) {
      return letIn(
          status,
          credentials,
          sessions.stream().map(s -> s.id().equals(e.session()) ? s.used(e.at()) : s).toList());
    } else if (event instanceof AccountEvent.EmergencyGranted e) {
      return acting(roles, Optional.of(new EmergencyRole(e.role(), e.operation(), e.until())));
    } else if (event instanceof AccountEvent.SessionEnded e) {
      return letIn(
          status, credentials, sessions.stream().filter(s -> !s.id().equals(e.session())).toList());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private List<Session> with(AccountEvent.SignedIn e) {
    var alive = new ArrayList<>(sessions.stream().filter(s -> s.isAlive(e.at())).toList());
    if (alive.size() >= MOST_SESSIONS) {
      alive.remove(0);
    }
    alive.add(new Session(e.session(), e.tokenHash(), e.source(), e.at(), e.at()));
    return alive;
  }

  private AccountState made(
      Status next,
      Kind newKind,
      String newName,
      Optional<String> newTenant,
      List<String> newRoles,
      Credentials in,
      Instant at) {
    return new AccountState(
        next,
        newKind,
        newName,
        newTenant,
        newRoles,
        in,
        Guard.OPEN,
        List.of(),
        Optional.of(at),
        Optional.empty(),
        Optional.empty());
  }

  private AccountState letIn(Status next, Credentials in, List<Session> open) {
    return new AccountState(
        next, kind, name, tenant, roles, in, guard, open, createdAt, citizen, emergency);
  }

  private AccountState guarded(Guard next) {
    return new AccountState(
        status,
        kind,
        name,
        tenant,
        roles,
        credentials,
        next,
        sessions,
        createdAt,
        citizen,
        emergency);
  }

  /** Whoever decides about roles has decided about those of an emergency too. */
  private AccountState belonging(Optional<String> newTenant, List<String> newRoles, Instant at) {
    return new AccountState(
        status,
        kind,
        name,
        newTenant,
        newRoles,
        credentials,
        guard,
        List.of(),
        createdAt,
        citizen,
        emergencyUntil(at));
  }

  private Optional<EmergencyRole> emergencyUntil(Instant at) {
    return emergency.map(one -> one.endedAt(at));
  }

  private AccountState of(Secret number) {
    return new AccountState(
        status,
        kind,
        name,
        tenant,
        roles,
        credentials,
        guard,
        sessions,
        createdAt,
        Optional.of(number),
        emergency);
  }
}
