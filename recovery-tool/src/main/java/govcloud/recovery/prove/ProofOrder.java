package govcloud.recovery.prove;

import govcloud.recovery.RecoveryException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Decides which tenant is proved next, and is told of each that was. For one thread. */
public interface ProofOrder {
  /** The order that matters; nobody is told. */
  ProofOrder PLANNED =
      new ProofOrder() {
        @Override
        public Predicate<String> served() {
          return tenant -> false;
        }

        @Override
        public void begin(Map<String, Long> tenants) {}

        @Override
        public String next(List<String> waiting) {
          return waiting.get(0);
        }

        @Override
        public void done(TenantProof proof) {}
      };

  /**
   * Whom nodes may have served before this proof began: what they wrote since is no difference.
   * Asked once, before anything is read.
   *
   * @return for several threads
   */
  Predicate<String> served() throws RecoveryException;

  /**
   * Everything that is not one tenant's is compared; they follow.
   *
   * @param tenants in the order that matters, each with the number of its records
   */
  void begin(Map<String, Long> tenants) throws RecoveryException;

  /**
   * Which is next.
   *
   * @param waiting in the order that matters, at least one
   * @return one of them
   */
  String next(List<String> waiting) throws RecoveryException;

  /** One was looked at. */
  void done(TenantProof proof) throws RecoveryException;
}
