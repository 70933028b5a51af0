package govcloud.journal.core;

/** Where an answer goes. Called exactly once, by whoever drives the core's single thread. */
@FunctionalInterface
public interface Reply<T> {

  /** Exactly one of both is given; a value may be null only where T is Void. */
  void receive(T value, Throwable failure);

  /** Answers with a value. */
  default void succeed(T value) {
    receive(value, null);
  }

  /** Answers with a failure. */
  default void fail(Throwable failure) {
    receive(null, failure);
  }
}
