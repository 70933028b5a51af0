package govcloud.node.eventsourcing;

import java.util.concurrent.CompletionStage;

/**
 * Every entity of the cloud, wherever it lives. Entity ids begin with their type, such as {@code
 * case/harbour/permits/c-17}; the caller knows which state type {@code S} belongs to it.
 *
 * <p>A refusal is an answer. The stages fail only with an {@link EntityFailure}.
 */
public interface Entities {

  /**
   * Asks a command of an entity.
   *
   * <p>Is tried again within the time limit where that is safe: always for a dry run, and with the
   * same key when the request carries an idempotency key.
   *
   * @return the state after the command, or the unchanged state and a refusal; fails with {@link
   *     EntityFailure.OutcomeUnknown}, {@link EntityFailure.Unavailable} or {@link
   *     EntityFailure.Damaged}
   */
  <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request);

  /**
   * Reads an entity; version 0 means that nothing has ever happened to it.
   *
   * @return its present state; fails with {@link EntityFailure.Unavailable} or {@link
   *     EntityFailure.Damaged}
   */
  <S> CompletionStage<Answer<S>> read(String entityId);
}
