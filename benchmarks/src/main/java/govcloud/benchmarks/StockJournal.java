package govcloud.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/**
 * Pekko's own Cassandra journal under plain event-sourced actors: no sharding, no chain, no read
 * models, no tags.
 */
final class StockJournal implements Contender, AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Stores one event. */
  record Store(int entity, ActorRef<Done> replyTo) {}

  private final ActorSystem<Store> system;
  private final int entities;

  StockJournal(int cqlPort, String keyspace, int entities) {
    this.entities = entities;
    this.system = ActorSystem.create(router(), "stock", configuration(cqlPort, keyspace));
  }

  private static Config configuration(int cqlPort, String keyspace) {
    return ConfigFactory.parseString(
            """
            pekko {
              actor.provider = local
              loglevel = WARNING
              persistence {
                journal.plugin = "pekko.persistence.cassandra.journal"
                cassandra {
                  journal { keyspace-autocreate = on, tables-autocreate = on, keyspace = "%1$s" }
                  snapshot { keyspace-autocreate = on, tables-autocreate = on, keyspace = "%1$s" }
                  events-by-tag.enabled = off
                }
              }
              coordinated-shutdown.exit-jvm = off
            }
            datastax-java-driver.basic {
              contact-points = ["127.0.0.1:%2$d"]
              load-balancing-policy.local-datacenter = "datacenter1"
              request.timeout = 15 s
            }
            """
                .formatted(keyspace, cqlPort))
        .withFallback(ConfigFactory.load());
  }

  private static Behavior<Store> router() {
    return Behaviors.receive(
        (context, message) -> {
          String name = "e-" + message.entity();
          @SuppressWarnings("unchecked") // all children are of this one behaviour
          ActorRef<Store> entity =
              context
                  .getChild(name)
                  .map(child -> (ActorRef<Store>) (ActorRef<?>) child)
                  .orElseGet(() -> context.spawn(new Entity(name), name));
          entity.tell(message);
          return Behaviors.same();
        });
  }

  private static final class Entity extends EventSourcedBehavior<Store, byte[], Long> {

    Entity(String name) {
      super(PersistenceId.ofUniqueId(name));
    }

    @Override
    public Long emptyState() {
      return 0L;
    }

    @Override
    public CommandHandler<Store, byte[], Long> commandHandler() {
      return (state, command) ->
          Effect()
              .persist(Payload.bytes())
              .thenRun(() -> command.replyTo().tell(Done.getInstance()));
    }

    @Override
    public EventHandler<Long, byte[]> eventHandler() {
      return (state, event) -> state + 1;
    }
  }

  @Override
  public String name() {
    return "stock journal";
  }

  @Override
  public CompletionStage<?> store(long number) {
    int entity = (int) (number % entities);
    return AskPattern.ask(
        system,
        (ActorRef<Done> replyTo) -> new Store(entity, replyTo),
        PATIENCE,
        system.scheduler());
  }

  @Override
  public void settle() {}

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
