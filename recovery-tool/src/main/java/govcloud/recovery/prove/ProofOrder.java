package govcloud.recovery.prove;

import govcloud.recovery.RecoveryException;
import java.util.List;

/** Decides which tenant is proved next, and is told of each that was. For one thread. */
public interface ProofOrder {
  /** The order that matters; nobody is told. */
  ProofOrder PLANNED =
      new ProofOrder() {
        @Override
        public void begin(List<String> tenants) {}

        @Override
        public String next(List<String> waiting) {
          return waiting.get(0);
        }

        @Override
        public void done(TenantProof proof) {}
      };

  /**
   * Everything that is not one tenant's is compared; they follow.
   *
   * @param tenants in the order that matters
   */
  void begin(List<String> tenants) throws RecoveryException;

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
