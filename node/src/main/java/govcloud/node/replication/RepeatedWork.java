package govcloud.node.replication;

import govcloud.replication.shipping.LinkException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Does work again and again, with a pause between; what fails is tried again after the pause. */
final class RepeatedWork {

  private record Begin() {}

  private record Done(Throwable failure) {}

  private RepeatedWork() {}

  /**
   * The actor; one in the whole cloud.
   *
   * @param name for logs
   * @param threads on which the work may block
   */
  static Behavior<Object> create(
      String name, Callable<?> work, ReplicationThreads threads, Duration pause) {
    return create(name, work, threads, pause, pause);
  }

  /**
   * The same.
   *
   * @param first pause before the first time
   */
  static Behavior<Object> create(
      String name, Callable<?> work, ReplicationThreads threads, Duration first, Duration pause) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startSingleTimer(new Begin(), first);
                  return Behaviors.receive(Object.class)
                      .onMessage(
                          Begin.class,
                          begin -> {
                            context.pipeToSelf(
                                threads.run(false, work::call),
                                (result, failure) -> new Done(failure));
                            return Behaviors.same();
                          })
                      .onMessage(
                          Done.class,
                          done -> {
                            if (isNews(done.failure())) {
                              context.getLog().warn("{}: {}", name, done.failure().toString());
                            }
                            timers.startSingleTimer(new Begin(), pause);
                            return Behaviors.same();
                          })
                      .build();
                }));
  }

  /** That the sibling is away is told elsewhere. */
  private static boolean isNews(Throwable failure) {
    return failure != null && !(ReplicationThreads.cause(failure) instanceof LinkException);
  }
}
