package govcloud.domain.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What lets an account in.
 *
 * @param invitation the one-time code of a person who has not come in yet
 * @param verifier of a person's password
 * @param verifierSince when the password was chosen
 * @param earlier verifiers of passwords before, the newest first
 * @param totpSecret of a person's second factor, in Base32
 * @param totpStep the last time step whose code was used; a code is good once
 * @param key of a program
 * @param passkeys of a person, in the order in which they were added
 * @param challenges that are not answered yet
 * @param provider who a person is at the identity provider that lets the person in instead
 * @param cameInBy hash of the code by which a person came in last; empty: never came in
 */
public record Credentials(
    Optional<OneTime> invitation,
    Optional<Secret> verifier,
    Optional<Instant> verifierSince,
    List<Secret> earlier,
    Optional<Secret> totpSecret,
    long totpStep,
    Optional<Key> key,
    List<Passkey> passkeys,
    List<Passkey.Challenge> challenges,
    Optional<ProviderIdentity> provider,
    Optional<Secret> cameInBy) {

  /** So many earlier passwords are remembered. */
  public static final int MOST_EARLIER = 5;

  /** Lets nobody in. */
  public static final Credentials NONE =
      alone(Optional.empty(), Optional.empty(), Optional.empty());

  public Credentials {
    earlier = List.copyOf(earlier);
    passkeys = List.copyOf(passkeys);
    challenges = List.copyOf(challenges);
  }

  /** A code that is good once and not for long. */
  public record OneTime(Secret codeHash, Instant expiresAt) {}

  /** A key of a program, by its hash. */
  public record Key(String hash, Instant expiresAt) {}

  static Credentials invited(Secret codeHash, Instant expiresAt) {
    var code = new OneTime(codeHash, expiresAt);
    return alone(Optional.of(code), Optional.empty(), Optional.empty());
  }

  static Credentials keyed(String hash, Instant expiresAt) {
    return alone(Optional.empty(), Optional.of(new Key(hash, expiresAt)), Optional.empty());
  }

  /** One way in at most, and nothing else. */
  private static Credentials alone(
      Optional<OneTime> invitation, Optional<Key> key, Optional<ProviderIdentity> provider) {
    return new Credentials(
        invitation,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        0,
        key,
        List.of(),
        List.of(),
        provider,
        Optional.empty());
  }

  /** Lets in only who has the code; the earlier passwords are still remembered. */
  Credentials invitedAgain(Secret codeHash, Instant expiresAt) {
    return invited(codeHash, expiresAt).remembering(passwords(), cameInBy);
  }

  /** The factors that the person has chosen who came in by the code. */
  Credentials chosen(Secret password, Secret totp, Instant at) {
    return NONE.remembering(earlier, codeOfNow())
        .withPassword(password, at)
        .with(Optional.of(totp), 0);
  }

  /** Lets in whom the provider calls so; the earlier passwords are still remembered. */
  Credentials linked(ProviderIdentity identity) {
    return alone(Optional.empty(), Optional.empty(), Optional.of(identity))
        .remembering(passwords(), codeOfNow());
  }

  private Optional<Secret> codeOfNow() {
    return invitation.map(OneTime::codeHash).or(() -> cameInBy);
  }

  private Credentials remembering(List<Secret> before, Optional<Secret> code) {
    return new Credentials(
        invitation,
        verifier,
        verifierSince,
        before,
        totpSecret,
        totpStep,
        key,
        passkeys,
        challenges,
        provider,
        code);
  }

  /** Verifiers of the present password and of those before it, the newest first. */
  public List<Secret> passwords() {
    return Stream.concat(verifier.stream(), earlier.stream()).limit(MOST_EARLIER).toList();
  }

  private Credentials with(Optional<Secret> totp, long step) {
    return new Credentials(
        invitation,
        verifier,
        verifierSince,
        earlier,
        totp,
        step,
        key,
        passkeys,
        challenges,
        provider,
        cameInBy);
  }

  private Credentials with(List<Passkey> keys, List<Passkey.Challenge> open) {
    return new Credentials(
        invitation,
        verifier,
        verifierSince,
        earlier,
        totpSecret,
        totpStep,
        key,
        keys,
        open,
        provider,
        cameInBy);
  }

  /** The passkey of this id. */
  public Optional<Passkey> passkey(String id) {
    return passkeys.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Whether this is the one-time code, at {@code now}. */
  public boolean isInvitedBy(Secret codeHash, Instant now) {
    return invitation
        .filter(code -> code.codeHash().equals(codeHash) && now.isBefore(code.expiresAt()))
        .isPresent();
  }

  /** Whether a challenge may be answered at {@code now}. */
  public boolean isGood(Passkey.Purpose purpose, String challengeHash, Instant now) {
    return challenges.stream().anyMatch(one -> one.isGood(purpose, challengeHash, now));
  }

  Credentials usedStep(long step) {
    return with(totpSecret, Math.max(totpStep, step));
  }

  Credentials withoutTotp() {
    return with(Optional.empty(), totpStep);
  }

  Credentials withPassword(Secret other, Instant at) {
    return new Credentials(
        invitation,
        Optional.of(other),
        Optional.of(at),
        passwords(),
        totpSecret,
        totpStep,
        key,
        passkeys,
        challenges,
        provider,
        cameInBy);
  }

  Credentials challenged(Passkey.Challenge challenge, Instant now) {
    var open = new ArrayList<>(challenges);
    open.removeIf(one -> !now.isBefore(one.expiresAt()));
    if (open.size() >= Passkey.MOST_CHALLENGES) {
      open.remove(0);
    }
    open.add(challenge);
    return with(passkeys, open);
  }

  private List<Passkey.Challenge> unanswered(String challengeHash) {
    return challenges.stream().filter(one -> !one.hash().equals(challengeHash)).toList();
  }

  Credentials added(Passkey passkey, String challengeHash) {
    var all = new ArrayList<>(passkeys);
    all.add(passkey);
    return with(all, unanswered(challengeHash));
  }

  Credentials used(String id, long counter, String challengeHash) {
    return with(
        passkeys.stream().map(one -> one.id().equals(id) ? one.counted(counter) : one).toList(),
        unanswered(challengeHash));
  }

  Credentials removed(String id) {
    return with(passkeys.stream().filter(one -> !one.id().equals(id)).toList(), challenges);
  }
}
