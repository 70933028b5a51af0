package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.Passkey;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.domain.identity.Secret;
import govcloud.domain.identity.SignInFault;
import govcloud.protobuf.journal.v1.AccountChallengePurpose;
import govcloud.protobuf.journal.v1.AccountChange;
import govcloud.protobuf.journal.v1.AccountCommit;
import govcloud.protobuf.journal.v1.AccountHome;
import govcloud.protobuf.journal.v1.AccountSignInFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Journal form of {@link AccountEvent}. */
public final class AccountCodec extends ProtobufCommitCodec<AccountEvent> {

  /** The codec of {@code account/1}. */
  public AccountCodec() {
    super("account", 1, AccountEvent.class);
  }

  @Override
  MessageLite write(Commit<AccountEvent> commit) {
    var message = AccountCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = change(event);
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<AccountEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = AccountCommit.parseFrom(payload);
    var events = new ArrayList<AccountEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static AccountChange.Builder change(AccountEvent event) {
    var change = AccountChange.newBuilder();
    if (event instanceof AccountEvent.Invited e) {
      change
          .getInvitedBuilder()
          .setName(e.name())
          .setHome(home(e.tenant(), e.roles()))
          .setCodeHash(e.codeHash().value())
          .setCodeExpiresAt(timestamp(e.codeExpiresAt()));
    } else if (event instanceof AccountEvent.InvitationRenewed e) {
      change
          .getInvitationRenewedBuilder()
          .setCodeHash(e.codeHash().value())
          .setCodeExpiresAt(timestamp(e.codeExpiresAt()));
    } else if (event instanceof AccountEvent.InvitationAccepted e) {
      change
          .getInvitationAcceptedBuilder()
          .setVerifier(e.verifier().value())
          .setTotpSecret(e.totpSecret().value())
          .setSource(e.source());
    } else if (event instanceof AccountEvent.Enrolled e) {
      change
          .getEnrolledBuilder()
          .setName(e.name())
          .setHome(home(e.tenant(), e.roles()))
          .setKeyHash(e.keyHash())
          .setKeyExpiresAt(timestamp(e.keyExpiresAt()));
    } else if (event instanceof AccountEvent.KeyReplaced e) {
      change
          .getKeyReplacedBuilder()
          .setKeyHash(e.keyHash())
          .setKeyExpiresAt(timestamp(e.keyExpiresAt()));
    } else if (event instanceof AccountEvent.RolesChanged e) {
      change.getRolesChangedBuilder().setHome(home(e.tenant(), e.roles()));
    } else {
      visit(change, event);
    }
    return change;
  }

  private static void visit(AccountChange.Builder change, AccountEvent event) {
    if (event instanceof AccountEvent.SignedIn e) {
      change
          .getSignedInBuilder()
          .setSession(e.session())
          .setTokenHash(e.tokenHash())
          .setTotpStep(e.totpStep())
          .setSource(e.source());
    } else if (event instanceof AccountEvent.SignInRefused e) {
      change.getSignInRefusedBuilder().setFault(fault(e.fault())).setSource(e.source());
    } else if (event instanceof AccountEvent.LockedOut e) {
      change.getLockedOutBuilder().setUntil(timestamp(e.until())).setFailures(e.failures());
    } else if (event instanceof AccountEvent.SessionUsed e) {
      change.getSessionUsedBuilder().setSession(e.session());
    } else if (event instanceof AccountEvent.SessionEnded e) {
      change.getSessionEndedBuilder().setSession(e.session());
    } else if (event instanceof AccountEvent.IdentityProved e) {
      change.getIdentityProvedBuilder().setNumber(e.number().value());
    } else if (event instanceof AccountEvent.EmergencyGranted e) {
      change
          .getEmergencyGrantedBuilder()
          .setRole(e.role())
          .setOperation(e.operation())
          .setUntil(timestamp(e.until()));
    } else if (event instanceof AccountEvent.Suspended e) {
      change.getSuspendedBuilder().setReason(e.reason());
    } else if (event instanceof AccountEvent.Resumed) {
      change.getResumedBuilder();
    } else {
      choice(change, event);
    }
  }

  private static void choice(AccountChange.Builder change, AccountEvent event) {
    if (event instanceof AccountEvent.PasskeyChallenged e) {
      change
          .getPasskeyChallengedBuilder()
          .setPurpose(purpose(e.purpose()))
          .setChallengeHash(e.challengeHash())
          .setExpiresAt(timestamp(e.expiresAt()));
    } else if (event instanceof AccountEvent.PasskeyAdded e) {
      change
          .getPasskeyAddedBuilder()
          .setChallengeHash(e.challengeHash())
          .setId(e.id())
          .setName(e.name())
          .setPublicKey(e.publicKey())
          .setCounter(e.counter());
    } else if (event instanceof AccountEvent.PasskeyUsed e) {
      change
          .getPasskeyUsedBuilder()
          .setId(e.id())
          .setCounter(e.counter())
          .setChallengeHash(e.challengeHash());
    } else if (event instanceof AccountEvent.PasskeyRemoved e) {
      change.getPasskeyRemovedBuilder().setId(e.id());
    } else if (event instanceof AccountEvent.TotpRemoved) {
      change.getTotpRemovedBuilder();
    } else if (event instanceof AccountEvent.PasswordChanged e) {
      change.getPasswordChangedBuilder().setVerifier(e.verifier().value()).setSession(e.session());
    } else if (event instanceof AccountEvent.ProviderLinked e) {
      change
          .getProviderLinkedBuilder()
          .setIssuer(e.identity().issuer())
          .setSubject(e.identity().subject())
          .setSource(e.source());
    } else {
      throw formless(event);
    }
  }

  private AccountEvent event(AccountChange change, Instant at) {
    return switch (change.getKindCase()) {
      case INVITED -> invited(change.getInvited(), at);
      case INVITATION_RENEWED ->
          new AccountEvent.InvitationRenewed(
              new Secret(change.getInvitationRenewed().getCodeHash()),
              instant(change.getInvitationRenewed().getCodeExpiresAt()),
              at);
      case INVITATION_ACCEPTED ->
          new AccountEvent.InvitationAccepted(
              new Secret(change.getInvitationAccepted().getVerifier()),
              new Secret(change.getInvitationAccepted().getTotpSecret()),
              change.getInvitationAccepted().getSource(),
              at);
      case ENROLLED -> enrolled(change.getEnrolled(), at);
      case KEY_REPLACED ->
          new AccountEvent.KeyReplaced(
              change.getKeyReplaced().getKeyHash(),
              instant(change.getKeyReplaced().getKeyExpiresAt()),
              at);
      case ROLES_CHANGED -> rolesChanged(change.getRolesChanged().getHome(), at);
      case SIGNED_IN -> signedIn(change.getSignedIn(), at);
      case SIGN_IN_REFUSED ->
          new AccountEvent.SignInRefused(
              fault(change.getSignInRefused().getFault()),
              change.getSignInRefused().getSource(),
              at);
      case LOCKED_OUT ->
          new AccountEvent.LockedOut(
              instant(change.getLockedOut().getUntil()), change.getLockedOut().getFailures(), at);
      case SESSION_USED -> new AccountEvent.SessionUsed(change.getSessionUsed().getSession(), at);
      case SESSION_ENDED ->
          new AccountEvent.SessionEnded(change.getSessionEnded().getSession(), at);
      case SUSPENDED -> new AccountEvent.Suspended(change.getSuspended().getReason(), at);
      case RESUMED -> new AccountEvent.Resumed(at);
      case IDENTITY_PROVED ->
          new AccountEvent.IdentityProved(new Secret(change.getIdentityProved().getNumber()), at);
      default -> chosen(change, at);
    };
  }

  private AccountEvent chosen(AccountChange change, Instant at) {
    return switch (change.getKindCase()) {
      case PASSKEY_CHALLENGED -> challenged(change.getPasskeyChallenged(), at);
      case PASSKEY_ADDED -> added(change.getPasskeyAdded(), at);
      case PASSKEY_USED -> used(change.getPasskeyUsed(), at);
      case PASSKEY_REMOVED ->
          new AccountEvent.PasskeyRemoved(change.getPasskeyRemoved().getId(), at);
      case TOTP_REMOVED -> new AccountEvent.TotpRemoved(at);
      case PASSWORD_CHANGED ->
          new AccountEvent.PasswordChanged(
              new Secret(change.getPasswordChanged().getVerifier()),
              change.getPasswordChanged().getSession(),
              at);
      case PROVIDER_LINKED -> linked(change.getProviderLinked(), at);
      case EMERGENCY_GRANTED -> emergency(change.getEmergencyGranted(), at);
      default -> throw unknown("event");
    };
  }

  private static AccountEvent invited(AccountChange.Invited e, Instant at) {
    return new AccountEvent.Invited(
        e.getName(),
        tenant(e.getHome()),
        e.getHome().getRolesList(),
        new Secret(e.getCodeHash()),
        instant(e.getCodeExpiresAt()),
        at);
  }

  private static AccountEvent enrolled(AccountChange.Enrolled e, Instant at) {
    return new AccountEvent.Enrolled(
        e.getName(),
        tenant(e.getHome()),
        e.getHome().getRolesList(),
        e.getKeyHash(),
        instant(e.getKeyExpiresAt()),
        at);
  }

  private static AccountEvent rolesChanged(AccountHome home, Instant at) {
    return new AccountEvent.RolesChanged(tenant(home), home.getRolesList(), at);
  }

  private static AccountEvent signedIn(AccountChange.SignedIn e, Instant at) {
    return new AccountEvent.SignedIn(
        e.getSession(), e.getTokenHash(), e.getTotpStep(), e.getSource(), at);
  }

  private AccountEvent challenged(AccountChange.PasskeyChallenged e, Instant at) {
    return new AccountEvent.PasskeyChallenged(
        purpose(e.getPurpose()), e.getChallengeHash(), instant(e.getExpiresAt()), at);
  }

  private static AccountEvent added(AccountChange.PasskeyAdded e, Instant at) {
    return new AccountEvent.PasskeyAdded(
        e.getChallengeHash(), e.getId(), e.getName(), e.getPublicKey(), e.getCounter(), at);
  }

  private static AccountEvent used(AccountChange.PasskeyUsed e, Instant at) {
    return new AccountEvent.PasskeyUsed(e.getId(), e.getCounter(), e.getChallengeHash(), at);
  }

  private static AccountEvent emergency(AccountChange.EmergencyGranted e, Instant at) {
    return new AccountEvent.EmergencyGranted(
        e.getRole(), e.getOperation(), instant(e.getUntil()), at);
  }

  private static AccountEvent linked(AccountChange.ProviderLinked e, Instant at) {
    return new AccountEvent.ProviderLinked(
        new ProviderIdentity(e.getIssuer(), e.getSubject()), e.getSource(), at);
  }

  private static AccountChallengePurpose purpose(Passkey.Purpose purpose) {
    return switch (purpose) {
      case REGISTRATION -> AccountChallengePurpose.ACCOUNT_CHALLENGE_PURPOSE_REGISTRATION;
      case SIGN_IN -> AccountChallengePurpose.ACCOUNT_CHALLENGE_PURPOSE_SIGN_IN;
    };
  }

  private Passkey.Purpose purpose(AccountChallengePurpose purpose) {
    return switch (purpose) {
      case ACCOUNT_CHALLENGE_PURPOSE_REGISTRATION -> Passkey.Purpose.REGISTRATION;
      case ACCOUNT_CHALLENGE_PURPOSE_SIGN_IN -> Passkey.Purpose.SIGN_IN;
      case ACCOUNT_CHALLENGE_PURPOSE_UNSPECIFIED, UNRECOGNIZED -> throw unknown("purpose");
    };
  }

  private static AccountHome home(Optional<String> tenant, List<String> roles) {
    var home = AccountHome.newBuilder().addAllRoles(roles);
    tenant.ifPresent(home::setTenant);
    return home.build();
  }

  private static Optional<String> tenant(AccountHome home) {
    return home.hasTenant() ? Optional.of(home.getTenant()) : Optional.empty();
  }

  private static AccountSignInFault fault(SignInFault fault) {
    return switch (fault) {
      case ACCOUNT_UNKNOWN -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_ACCOUNT_UNKNOWN;
      case NOT_ACTIVE -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_NOT_ACTIVE;
      case PASSWORD_WRONG -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PASSWORD_WRONG;
      case SECOND_FACTOR_WRONG -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_SECOND_FACTOR_WRONG;
      case SECOND_FACTOR_USED -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_SECOND_FACTOR_USED;
      case INVITATION_WRONG -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_INVITATION_WRONG;
      case PASSKEY_UNKNOWN -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PASSKEY_UNKNOWN;
      case PASSKEY_CHALLENGE_WRONG ->
          AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PASSKEY_CHALLENGE_WRONG;
      case PASSKEY_ORIGIN_WRONG -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PASSKEY_ORIGIN_WRONG;
      case PASSKEY_SIGNATURE_WRONG ->
          AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PASSKEY_SIGNATURE_WRONG;
      case PASSKEY_COUNTER_WRONG -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PASSKEY_COUNTER_WRONG;
      case PROVIDER_REFUSED -> AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PROVIDER_REFUSED;
      case PROVIDER_FACTOR_MISSING ->
          AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PROVIDER_FACTOR_MISSING;
      case PROVIDER_IDENTITY_WRONG ->
          AccountSignInFault.ACCOUNT_SIGN_IN_FAULT_PROVIDER_IDENTITY_WRONG;
    };
  }

  private SignInFault fault(AccountSignInFault fault) {
    return switch (fault) {
      case ACCOUNT_SIGN_IN_FAULT_ACCOUNT_UNKNOWN -> SignInFault.ACCOUNT_UNKNOWN;
      case ACCOUNT_SIGN_IN_FAULT_NOT_ACTIVE -> SignInFault.NOT_ACTIVE;
      case ACCOUNT_SIGN_IN_FAULT_PASSWORD_WRONG -> SignInFault.PASSWORD_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_SECOND_FACTOR_WRONG -> SignInFault.SECOND_FACTOR_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_SECOND_FACTOR_USED -> SignInFault.SECOND_FACTOR_USED;
      case ACCOUNT_SIGN_IN_FAULT_INVITATION_WRONG -> SignInFault.INVITATION_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_PASSKEY_UNKNOWN -> SignInFault.PASSKEY_UNKNOWN;
      case ACCOUNT_SIGN_IN_FAULT_PASSKEY_CHALLENGE_WRONG -> SignInFault.PASSKEY_CHALLENGE_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_PASSKEY_ORIGIN_WRONG -> SignInFault.PASSKEY_ORIGIN_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_PASSKEY_SIGNATURE_WRONG -> SignInFault.PASSKEY_SIGNATURE_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_PASSKEY_COUNTER_WRONG -> SignInFault.PASSKEY_COUNTER_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_PROVIDER_REFUSED -> SignInFault.PROVIDER_REFUSED;
      case ACCOUNT_SIGN_IN_FAULT_PROVIDER_FACTOR_MISSING -> SignInFault.PROVIDER_FACTOR_MISSING;
      case ACCOUNT_SIGN_IN_FAULT_PROVIDER_IDENTITY_WRONG -> SignInFault.PROVIDER_IDENTITY_WRONG;
      case ACCOUNT_SIGN_IN_FAULT_UNSPECIFIED, UNRECOGNIZED -> throw unknown("fault");
    };
  }
}
