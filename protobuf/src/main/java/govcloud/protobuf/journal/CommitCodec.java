package govcloud.protobuf.journal;

import govcloud.domain.Commit;

/** How the commits of one aggregate are written in the journal. Thread-safe. */
public interface CommitCodec<E> {

  /** The name stored beside every payload, such as {@code case/1}. Never changed. */
  String manifest();

  /** Version of the payload's schema; counts from 1 within the manifest. */
  int schemaVersion();

  /** The aggregate's type, such as {@code case}. */
  String aggregateType();

  /** The sealed interface of the aggregate's events. */
  Class<E> eventType();

  /** The bytes of a commit; the same commit always gives the same bytes. */
  byte[] encode(Commit<E> commit);

  /**
   * The commit in {@code payload}.
   *
   * @throws CodecException if the bytes are damaged or tell of an event this version does not know
   */
  Commit<E> decode(byte[] payload);
}
