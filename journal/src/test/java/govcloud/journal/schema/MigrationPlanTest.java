package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.journal.schema.SchemaException.Code;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationPlanTest {
  private final Migration one = migration(1, "SELECT 1");
  private final Migration two = migration(2, "SELECT 2");
  private final Migration ten = migration(10, "SELECT 10");

  @Test
  void nothingApplied_pending_isEverythingInOrder() {
    assertThat(new MigrationPlan(List.of(ten, two, one)).pending(Map.of()))
        .containsExactly(one, two, ten);
  }

  @Test
  void anotherModulesFilesApplied_pending_isTheRestOfThisModule() {
    MigrationPlan plan = new MigrationPlan(List.of(one, two, ten));

    assertThat(plan.pending(Map.of(1, one.checksum(), 10, ten.checksum()))).containsExactly(two);
  }

  @Test
  void versionOfANewerReleaseApplied_pending_ignoresIt() {
    assertThat(new MigrationPlan(List.of(one)).pending(Map.of(1, one.checksum(), 2, "newer")))
        .isEmpty();
  }

  @Test
  void appliedFileChanged_pending_isRefused() {
    MigrationPlan plan = new MigrationPlan(List.of(one));

    assertRefused(Code.SCHEMA_CHANGED, () -> plan.pending(Map.of(1, "0123")));
  }

  @Test
  void predecessorNeverApplied_pending_isRefused() {
    MigrationPlan plan = new MigrationPlan(List.of(one, two));

    assertRefused(Code.SCHEMA_GAP, () -> plan.pending(Map.of(2, two.checksum())));
  }

  @Test
  void gapsAndDoublesAmongFiles_plan_areRefused() {
    assertRefused(Code.SCHEMA_GAP, () -> new MigrationPlan(List.of(two)));
    assertRefused(Code.SCHEMA_GAP, () -> new MigrationPlan(List.of(one, migration(3, "SELECT 3"))));
    assertRefused(Code.SCHEMA_GAP, () -> new MigrationPlan(List.of(migration(11, "SELECT 1"))));
    assertRefused(Code.SCHEMA_GAP, () -> new MigrationPlan(List.of(one, migration(1, "SELECT 3"))));
  }

  @Test
  void commentsAndLineBreaksChanged_checksum_staysTheSame() {
    assertThat(migration(1, "-- why\nSELECT\n  1;").checksum()).isEqualTo(one.checksum());
    assertThat(migration(1, "SELECT 2").checksum()).isNotEqualTo(one.checksum());
  }

  @Test
  void badFiles_parse_areRefused() {
    assertRefused(Code.SCHEMA_FAILED, () -> Migration.parse("V1__x.cql", "SELECT 1"));
    assertRefused(Code.SCHEMA_FAILED, () -> Migration.parse("V001__x.cql", "-- nothing"));
  }

  @Test
  void filesOfThisRelease_read_makeAPlanOfRepeatableStatements() {
    List<Migration> packaged = PackagedMigrations.read();

    assertThat(new MigrationPlan(packaged).pending(Map.of())).isNotEmpty();
    assertThat(packaged)
        .flatExtracting(Migration::statements)
        .allSatisfy(statement -> assertThat(statement).containsAnyOf("IF NOT EXISTS", "IF EXISTS"));
  }

  private static Migration migration(int version, String content) {
    return Migration.parse("V%03d__name.cql".formatted(version), content);
  }

  private static void assertRefused(Code code, Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            SchemaException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining("(expected: ");
  }
}
