package govcloud.node.eventsourcing;

import govcloud.domain.Actor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** What the platform itself asks of many entities, each of which decides whether it is right. */
public final class PlatformCommands {

  private PlatformCommands() {}

  /** Asks each entity; completes when all have answered, whatever they decided. */
  public static CompletionStage<Void> askEach(
      Entities entities, Stream<String> ids, Object command) {
    return CompletableFuture.allOf(
        ids.map(
                id ->
                    entities
                        .<Object>ask(id, Request.of(command, Actor.platform()))
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }
}
