package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  private JavaClasses classes;

  @BeforeAll
  void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("govcloud");
    assertThat(classes.size()).isGreaterThan(50);
  }

  @Test
  void domain_knowsOnlyJava() {
    ArchitectureRules.DOMAIN_KNOWS_ONLY_JAVA.check(classes);
  }

  @Test
  void protobuf_knowsOnlyTheDomain() {
    ArchitectureRules.PROTOBUF_KNOWS_ONLY_THE_DOMAIN.check(classes);
  }

  @Test
  void journal_knowsOnlyProtobufAndPki() {
    ArchitectureRules.JOURNAL_KNOWS_ONLY_PROTOBUF_AND_PKI.check(classes);
  }

  @Test
  void replication_knowsOnlyProtobuf() {
    ArchitectureRules.REPLICATION_KNOWS_ONLY_PROTOBUF.check(classes);
  }

  @Test
  void ledger_knowsNoOtherRoom() {
    ArchitectureRules.LEDGER_KNOWS_NO_OTHER_ROOM.check(classes);
  }

  @Test
  void pki_knowsNoOtherRoom() {
    ArchitectureRules.PKI_KNOWS_NO_OTHER_ROOM.check(classes);
  }

  @Test
  void exchange_knowsOnlyDomainAndLedger() {
    ArchitectureRules.EXCHANGE_KNOWS_ONLY_DOMAIN_AND_LEDGER.check(classes);
  }

  @Test
  void archive_knowsNoActors() {
    ArchitectureRules.ARCHIVE_KNOWS_NO_ACTORS.check(classes);
  }

  @Test
  void localCassandra_knowsOnlyJavaAndPki() {
    ArchitectureRules.LOCAL_CASSANDRA_KNOWS_ONLY_JAVA_AND_PKI.check(classes);
  }

  @Test
  void commandLine_knowsOnlyLocalCassandra() {
    ArchitectureRules.CLI_KNOWS_ONLY_LOCAL_CASSANDRA.check(classes);
  }

  @Test
  void recoveryTool_doesNotKnowNodes() {
    ArchitectureRules.RECOVERY_TOOL_DOES_NOT_KNOW_NODES.check(classes);
  }

  @Test
  void faultLab_readsByItself() {
    ArchitectureRules.FAULT_LAB_READS_BY_ITSELF.check(classes);
  }

  @Test
  void node_doesNotKnowTheCommandLine() {
    ArchitectureRules.NODE_DOES_NOT_KNOW_THE_COMMAND_LINE.check(classes);
  }

  @Test
  void nobody_readsTheWallClock() {
    ArchitectureRules.NOBODY_READS_THE_WALL_CLOCK.check(classes);
  }

  @Test
  void nouns_haveNoCycles() {
    ArchitectureRules.NOUNS_HAVE_NO_CYCLES.check(classes);
  }

  @Test
  void aggregateEntity_isTheOnlyPersistentActor() {
    ArchitectureRules.ONE_PERSISTENT_ACTOR.check(classes);
  }
}
