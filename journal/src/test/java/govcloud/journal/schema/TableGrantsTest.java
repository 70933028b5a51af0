package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.cassandra.TablePart;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableGrantsTest {
  private static final Pattern CREATED =
      Pattern.compile("CREATE TABLE IF NOT EXISTS \\$\\{keyspace}\\.(\\w+)");

  @Test
  void migrations_everyTable_isOfOnePart() {
    List<String> created =
        PackagedMigrations.read().stream()
            .flatMap(migration -> migration.statements().stream())
            .flatMap(statement -> CREATED.matcher(statement).results())
            .map(found -> found.group(1))
            .toList();
    List<String> granted =
        Stream.of(TablePart.values()).flatMap(part -> TableGrants.tables(part).stream()).toList();
    assertThat(created).hasSizeGreaterThan(40);
    assertThat(granted).containsExactlyInAnyOrderElementsOf(created);
  }
}
