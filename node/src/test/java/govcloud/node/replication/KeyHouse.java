package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.operation.OneOperation;
import govcloud.node.replication.site.SiteFence;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Keys of a cloud, its officers, and a log of operations. */
final class KeyHouse implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-02T01:15:27Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Actor WANG = new Actor("wang", Actor.OPERATOR);
  static final Actor LI = new Actor("li", Roles.SECURITY);

  private final Path folder;
  private final ReplicationThreads threads = new ReplicationThreads("rotations", 2);
  private final Map<String, OneOperation> operations = new ConcurrentHashMap<>();

  /** What was written down. */
  final List<AuditRecord> trail = new ArrayList<>();

  final LostSite site;
  final KeyFolder keys;
  boolean isWithOfficers = true;

  KeyHouse(Path folder) throws Exception {
    this.folder = folder;
    this.site = new LostSite(folder);
    this.keys = site.keys;
  }

  /** Operations, and the account that comes last of a cloud's first ones. */
  private final class Log implements Entities {
    @Override
    public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
      OneOperation one = operation(entityId);
      synchronized (one) {
        return one.ask(entityId, request);
      }
    }

    @Override
    public <S> CompletionStage<Answer<S>> read(String entityId) {
      return isWithOfficers && entityId.equals("account/command-line")
          ? CompletableFuture.completedStage(
              new Answer<>(null, 1, "active", NOW, null, false, "0-0"))
          : operation(entityId).read(entityId);
    }
  }

  private OneOperation operation(String entityId) {
    return operations.computeIfAbsent(entityId, id -> new OneOperation(NOW));
  }

  /** The log. */
  Entities log() {
    return new Log();
  }

  /** An operation as it is now. */
  OperationState state(String operation) {
    return operation("operation/" + operation).state();
  }

  HomeArchive home() throws Exception {
    return home(keys);
  }

  HomeArchive home(KeyFolder of) throws Exception {
    Path archive = folder.resolve("archive");
    var place = ArchivePlace.open("archive", archive, Optional.empty());
    int known = ApprovedKeys.newestKnown(of, place.store(), of.newestSigning());
    return new HomeArchive(
        archive,
        place,
        of,
        new CurrentKey(of.signing(known)),
        CurrentEpoch.of(of),
        of.recovery(),
        new SiteFence(of));
  }

  /** What a node that has just begun knows. */
  KeyRules rules(HomeArchive home) {
    var succession = new KeySuccession(home.keys(), "mountain");
    return new KeyRules(
        log(),
        home,
        Optional.of(succession),
        record -> {
          trail.add(record);
          return CompletableFuture.completedStage(null);
        },
        CLOCK);
  }

  KeyRotations rotations() throws Exception {
    return rotations(keys, log());
  }

  KeyRotations rotations(KeyFolder of, Entities log) throws Exception {
    return new KeyRotations(log, of, rules(home())::unfinished, threads, new SecureRandom(), CLOCK);
  }

  DrillKeys drills() throws Exception {
    return new DrillKeys(log(), keys, home().signing(), threads, CLOCK);
  }

  void request(KeyRotation.Kind kind) throws Exception {
    request("keys-1", kind);
  }

  void request(String operation, KeyRotation.Kind kind) throws Exception {
    rotations().request(operation, kind, WANG, false).toCompletableFuture().join();
  }

  void begin(String operation) throws Exception {
    rotations().begin(operation, state(operation).subject(), LI).toCompletableFuture().join();
  }

  /** Signs without beginning the work: the node that should do it has died. */
  void agree(String operation, Actor actor) {
    // What an authenticator gives is of no concern here.
    var signature = new CommandSignature("", actor.person(), "", "", "", "", "");
    log()
        .ask(
            "operation/" + operation,
            Request.of(new OperationCommand.Sign(signature, NOW.plusSeconds(60)), actor))
        .toCompletableFuture()
        .join();
  }

  void sign(Actor actor) throws Exception {
    sign("keys-1", actor);
  }

  void sign(String operation, Actor actor) throws Exception {
    rotations().check(state(operation).subject(), actor).toCompletableFuture().join();
    agree(operation, actor);
    if (state(operation).status() == Status.RUNNING) {
      begin(operation);
    }
  }

  /** A key that two officers have signed for. */
  void rotate(String operation, KeyRotation.Kind kind) throws Exception {
    request(operation, kind);
    sign(operation, WANG);
    sign(operation, LI);
  }

  @Override
  public void close() {
    threads.close();
  }
}
