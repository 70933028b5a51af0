package govcloud.node.vault;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where the keys of people are: small, overwritten, and never part of any history. */
interface Vault {

  /** The key of a person; none: there never was one, or it is destroyed. */
  CompletionStage<Optional<SubjectKey>> find(String tenant, String subject);

  /** The key of a person, made if there is none. */
  CompletionStage<SubjectKey> findOrMake(String tenant, String subject);

  /** Destroys a key; a newer one of the same person stays. */
  CompletionStage<Void> destroy(String tenant, String subject, String key);

  /** The pseudonym of a person in a department. */
  String pseudonym(String tenant, String person);
}
