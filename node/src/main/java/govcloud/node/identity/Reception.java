package govcloud.node.identity;

import govcloud.domain.operation.DangerousCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.Commands;
import govcloud.node.http.Contract;
import govcloud.node.http.RateLimits;
import govcloud.node.http.Routes;
import govcloud.node.http.Token;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.seen.SeenMessages;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Everything of accounts on one node.
 *
 * @param token of the installation
 * @param emergencyAlarm told about each role that somebody gets in an emergency, and about each
 *     security administrator whom two others let in again
 * @param random for tokens, codes and salts
 * @param nanoTime a clock in nanoseconds that only goes forward
 * @param secrets of authenticators, as they are kept
 * @param seen knows signed requests that came before
 * @param links whom the identity provider lets in
 * @param invited finds people who have not come in yet
 * @param holders finds people of the platform by role
 * @param cloud its name, for authenticators
 */
record Reception(
    ActorSystem<?> system,
    Entities entities,
    EntityHistory history,
    Token token,
    IdentitySettings settings,
    SecureRandom random,
    LongSupplier nanoTime,
    TotpSecrets secrets,
    SeenMessages seen,
    ProviderLogout.Links links,
    InvitationPage.Invited invited,
    AccountRecovery.Holders holders,
    InstantSource clock,
    String cloud,
    Consumer<String> emergencyAlarm) {

  private static final int BURST_SECONDS = 10;

  /** People for whom an identity provider is waited for at the same time. */
  private static final int PROVIDER_THREADS = 4;

  private static final int PROVIDER_QUEUE = 64;

  /** What an open reception gives to others. */
  record Opened(
      AccountDoor door, PasskeySigning signing, Map<DangerousCommand, ApprovedWork> works) {}

  /** Adds the operations of accounts, and gives the door for all operations. */
  Opened open(Routes routes) {
    var chance = new Chance(random);
    var visitors = new Visitors(entities, clock);
    var rules = settings.passwords(cloud);
    var permissions = Permissions.load(Contract.load());
    var signed = new SignedRequests(visitors, seen, clock);
    var door = new AccountDoor(visitors, permissions, rules, signed, clock);
    var signIns = signIns(chance, rules);
    var commands = new Commands(entities);
    new SessionRoutes(signIns, door, commands, clock, cloud).register(routes);
    var ceremony = new PasskeyCeremony(settings.site(), cloud);
    var factors = new OwnFactors(signIns, ceremony, chance, clock);
    var pages = new FormPages(visitors, system);
    var provider =
        settings.provider().isThere()
            ? Optional.of(
                IdentityProvider.open(settings.provider(), settings.publicAddress(), clock))
            : Optional.<IdentityProvider>empty();
    var button = provider.map(IdentityProvider::name);
    new SignInPages(pages, signIns, factors, cloud, button).register(routes);
    var waiting = threads("govcloud-identity-provider", PROVIDER_THREADS, PROVIDER_QUEUE);
    new ProviderPages(provider, pages, signIns, waiting, chance).register(routes);
    new ProviderLogout(provider, links, entities, seen, waiting, system).register(routes);
    new MyAccountPages(pages, factors, permissions, entities, clock).register(routes);
    new AccountRoutes(commands, chance, history, system).register(routes);
    var guests = new PageGuests(() -> door, system);
    new InvitationPage(invited, entities, chance, guests).register(routes);
    new FirstAccounts(entities, token, chance, clock).register(routes);
    var signing = new PasskeySigning(entities, ceremony, settings.site());
    return new Opened(door, signing, works(routes));
  }

  private Map<DangerousCommand, ApprovedWork> works(Routes routes) {
    var emergencies = new EmergencyAccess(entities, clock, emergencyAlarm);
    emergencies.register(routes);
    var recovery = new AccountRecovery(entities, token, holders, clock, emergencyAlarm);
    recovery.register(routes);
    return Map.of(
        DangerousCommand.GRANT_EMERGENCY, emergencies, DangerousCommand.RECOVER_SECURITY, recovery);
  }

  private SignIns signIns(Chance chance, PasswordRules rules) {
    return new SignIns(
        entities,
        threads("govcloud-passwords", settings.passwordThreads(), settings.passwordQueue()),
        chance,
        secrets,
        rules,
        new RateLimits(BURST_SECONDS, nanoTime),
        settings.knownGateways(),
        clock);
  }

  private SignInThreads threads(String name, int most, int queue) {
    var threads = new SignInThreads(name, most, queue);
    system.getWhenTerminated().thenRun(threads::close);
    return threads;
  }
}
