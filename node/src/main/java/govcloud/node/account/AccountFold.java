package govcloud.node.account;

import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState.Kind;
import govcloud.domain.identity.AccountState.Status;
import java.time.Instant;
import java.util.List;

/** An account's row while it takes in what happened to it. */
final class AccountFold {

  private final String account;
  private String name = "";
  private Kind kind = Kind.PERSON;
  private Status status = Status.VACANT;
  private String tenant = "";
  private List<String> roles = List.of();
  private boolean totp;
  private int passkeys;
  private String provider = "";
  private boolean proved;
  private Instant lockedUntil;
  private Instant lastSignIn;

  AccountFold(String account) {
    this.account = account;
  }

  AccountFold(AccountRow row) {
    this.account = row.account();
    this.name = row.name();
    this.kind = row.kind();
    this.status = row.status();
    this.tenant = row.tenant();
    this.roles = row.roles();
    this.totp = row.totp();
    this.passkeys = row.passkeys();
    this.provider = row.provider();
    this.proved = row.proved();
    this.lockedUntil = row.lockedUntil();
    this.lastSignIn = row.lastSignIn();
  }

  AccountRow row(long version) {
    return new AccountRow(
        account,
        name,
        kind,
        status,
        tenant,
        roles,
        totp,
        passkeys,
        provider,
        proved,
        lockedUntil,
        lastSignIn,
        version);
  }

  void take(AccountEvent event) {
    if (event instanceof AccountEvent.Invited e) {
      begins(Kind.PERSON, Status.INVITED, e.name());
      belongs(e.tenant().orElse(""), e.roles());
    } else if (event instanceof AccountEvent.Enrolled e) {
      begins(Kind.PROGRAM, Status.ACTIVE, e.name());
      belongs(e.tenant().orElse(""), e.roles());
    } else if (event instanceof AccountEvent.RolesChanged e) {
      belongs(e.tenant().orElse(""), e.roles());
    } else if (event instanceof AccountEvent.Suspended) {
      status = Status.SUSPENDED;
    } else if (event instanceof AccountEvent.Resumed) {
      status = Status.ACTIVE;
    } else if (event instanceof AccountEvent.LockedOut e) {
      lockedUntil = e.until();
    } else if (event instanceof AccountEvent.SignedIn e) {
      lastSignIn = e.at();
      lockedUntil = null;
    } else {
      takeFactor(event);
    }
  }

  private void takeFactor(AccountEvent event) {
    if (event instanceof AccountEvent.InvitationRenewed) {
      factors(Status.INVITED, false, 0);
    } else if (event instanceof AccountEvent.InvitationAccepted) {
      factors(Status.ACTIVE, true, 0);
      lockedUntil = null;
    } else if (event instanceof AccountEvent.ProviderLinked e) {
      factors(Status.ACTIVE, false, 0);
      provider = AccountView.hashOf(e.identity());
      lockedUntil = null;
    } else if (event instanceof AccountEvent.PasskeyAdded) {
      passkeys++;
    } else if (event instanceof AccountEvent.PasskeyRemoved) {
      passkeys--;
    } else if (event instanceof AccountEvent.TotpRemoved) {
      totp = false;
    } else if (event instanceof AccountEvent.PasswordChanged) {
      lockedUntil = null;
    } else if (event instanceof AccountEvent.IdentityProved) {
      proved = true;
    }
  }

  private void begins(Kind what, Status as, String called) {
    kind = what;
    status = as;
    name = called;
    lockedUntil = null;
  }

  private void belongs(String home, List<String> duties) {
    tenant = home;
    roles = List.copyOf(duties);
  }

  private void factors(Status as, boolean codes, int keys) {
    status = as;
    totp = codes;
    passkeys = keys;
    provider = "";
  }
}
