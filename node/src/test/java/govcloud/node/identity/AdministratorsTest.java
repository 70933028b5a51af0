package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud has its administrators when all three have come in. */
@Tag("slow")
class AdministratorsTest {

  @TempDir private Path folder;

  @Test
  void cloud_withoutOrWithSomeOfItsAdministrators_lacksTheOthers() throws IOException {
    try (var house = new IdentityHouse(folder)) {
      assertThat(missing(house)).containsExactly("system-admin", "security-admin", "audit-admin");
      house.visitFirst("operator", house.code("operator"));
      house.visitFirst("security-admin", house.code("security-admin"));
      assertThat(missing(house)).containsExactly("system-admin", "audit-admin");
      house.visitFirst("system-admin", house.code("system-admin"));
      house.visitFirst("audit-admin", house.code("audit-admin"));
      assertThat(missing(house)).isEmpty();
      var security = house.at(0, house.signIn("security-admin"));
      var renewed = security.send("POST", "/v1/accounts/system-admin/invitation", "{}");
      assertThat(renewed.status()).isEqualTo(200);
      assertThat(missing(house)).as("who was in and is invited again").isEmpty();
    }
  }

  private static List<String> missing(IdentityHouse house) {
    return Administrators.missing(house.accounts).toCompletableFuture().join();
  }
}
