package govcloud.node.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sees every request at the border and what became of it, and writes down what has to be. */
public interface Witness {

  /** Sees nothing. */
  Witness NONE =
      new Witness() {
        @Override
        public CompletionStage<Void> admit(Visit visit) {
          return CompletableFuture.completedStage(null);
        }

        @Override
        public void answered(Visit visit, int status) {
          // There is nothing to write it into.
        }

        @Override
        public void ended(Visit visit, String code) {
          // Likewise.
        }

        @Override
        public void unreadable(String source, String code, String what) {
          // Likewise.
        }
      };

  /**
   * Completes when a request may go on to its endpoint; fails with a {@link ProblemException} when
   * what has to be written down about it cannot be.
   */
  CompletionStage<Void> admit(Visit visit);

  /** Sees an answer on its way out; never fails. */
  void answered(Visit visit, int status);

  /** Sees that an answer was ended because who had asked may not any more; never fails. */
  void ended(Visit visit, String code);

  /**
   * Sees that something came that was no request, or a connection too many; never fails.
   *
   * @param what in words; may hold what the sender wrote
   */
  void unreadable(String source, String code, String what);
}
