package govcloud.node.vault;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keys of people in memory. */
public final class MemoryVault implements Vault {

  private final Map<String, SubjectKey> keys = new HashMap<>();
  private final SecureRandom random = new SecureRandom();

  /** Personal data whose keys are here. */
  public static PersonalData personal() {
    return new PersonalData(Optional.of(new MemoryVault()), Optional.empty(), new SecureRandom());
  }

  @Override
  public CompletionStage<Optional<SubjectKey>> find(String tenant, String subject) {
    return CompletableFuture.completedStage(Optional.ofNullable(keys.get(tenant + subject)));
  }

  @Override
  public CompletionStage<SubjectKey> findOrMake(String tenant, String subject) {
    return CompletableFuture.completedStage(
        keys.computeIfAbsent(
            tenant + subject,
            name -> {
              var bytes = new byte[SubjectKey.LENGTH];
              random.nextBytes(bytes);
              return new SubjectKey(bytes);
            }));
  }

  @Override
  public CompletionStage<Void> destroy(String tenant, String subject, String key) {
    keys.entrySet()
        .removeIf(
            entry -> entry.getKey().equals(tenant + subject) && entry.getValue().id().equals(key));
    return CompletableFuture.completedStage(null);
  }

  @Override
  public String pseudonym(String tenant, String person) {
    var digits = Integer.toHexString((tenant + "/" + person).hashCode());
    return "p-" + "0".repeat(32 - digits.length()) + digits;
  }
}
