package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule finds what it is there for: offenders are compiled here, outside the source tree. */
@Tag("slow")
class ArchitectureRulesTest {
  private static final String DOMAIN = "package govcloud.domain; public class D {}";
  private static final String NODE = "package govcloud.node.a; public class N {}";

  @TempDir private Path folder;

  @Test
  void domainThatKnowsALibrary_isFound() throws IOException {
    String offender = "package govcloud.domain; class A { org.assertj.core.api.Assert<?, ?> a; }";
    assertFound(ArchitectureRules.DOMAIN_KNOWS_ONLY_JAVA, offender);
  }

  @Test
  void protobufThatKnowsTheNode_isFound() throws IOException {
    String offender = "package govcloud.protobuf; class A { govcloud.node.a.N n; }";
    assertFound(ArchitectureRules.PROTOBUF_KNOWS_ONLY_THE_DOMAIN, offender, NODE);
  }

  @Test
  void journalThatKnowsTheDomain_isFound() throws IOException {
    String offender = "package govcloud.journal; class A { govcloud.domain.D d; }";
    assertFound(ArchitectureRules.JOURNAL_KNOWS_ONLY_PROTOBUF_AND_PKI, offender, DOMAIN);
  }

  @Test
  void replicationThatKnowsTheNode_isFound() throws IOException {
    String offender = "package govcloud.replication; class A { govcloud.node.a.N n; }";
    assertFound(ArchitectureRules.REPLICATION_KNOWS_ONLY_PROTOBUF, offender, NODE);
  }

  @Test
  void archiveThatKnowsActors_isFound() throws IOException {
    String offender =
        "package govcloud.replication.archive; class A { org.apache.pekko.actor.ActorRef a; }";
    assertFound(ArchitectureRules.ARCHIVE_KNOWS_NO_ACTORS, offender);
  }

  @Test
  void recoveryToolThatKnowsTheNode_isFound() throws IOException {
    String offender = "package govcloud.recovery; class A { govcloud.node.a.N n; }";
    assertFound(ArchitectureRules.RECOVERY_TOOL_DOES_NOT_KNOW_NODES, offender, NODE);
  }

  @Test
  void nodeThatKnowsTheRecoveryTool_isFound() throws IOException {
    String tool = "package govcloud.recovery; public class R {}";
    String offender = "package govcloud.node.a; class A { govcloud.recovery.R r; }";
    assertFound(ArchitectureRules.NODE_DOES_NOT_KNOW_THE_COMMAND_LINE, offender, tool);
  }

  @Test
  void localCassandraThatKnowsTheNode_isFound() throws IOException {
    String offender = "package govcloud.localcassandra; class A { govcloud.node.a.N n; }";
    assertFound(ArchitectureRules.LOCAL_CASSANDRA_KNOWS_ONLY_JAVA_AND_PKI, offender, NODE);
  }

  @Test
  void commandLineThatKnowsTheNode_isFound() throws IOException {
    String offender = "package govcloud.cli; class A { govcloud.node.a.N n; }";
    assertFound(ArchitectureRules.CLI_KNOWS_ONLY_LOCAL_CASSANDRA, offender, NODE);
  }

  @Test
  void nodeThatKnowsTheCommandLine_isFound() throws IOException {
    String offender = "package govcloud.node; class A { govcloud.cli.C c; }";
    String command = "package govcloud.cli; public class C {}";
    assertFound(ArchitectureRules.NODE_DOES_NOT_KNOW_THE_COMMAND_LINE, offender, command);
  }

  @Test
  void clockReadByCallAndByReference_isFound() throws IOException {
    for (String expression :
        List.of(
            "java.time.Instant.now()",
            "(java.util.function.Supplier<?>) java.time.Instant::now",
            "System.currentTimeMillis()",
            "java.time.Clock.systemUTC()",
            "java.util.UUID.randomUUID()",
            "new java.util.Random()")) {
      String offender =
          "package govcloud.node; class A { Object now() { return " + expression + "; } }";
      assertFound(ArchitectureRules.NOBODY_READS_THE_WALL_CLOCK, offender);
    }
  }

  @Test
  void clockReadInAMainOrGivenAsArgument_passes() throws IOException {
    JavaClasses classes =
        compiled(
            "package govcloud.node; class NodeMain { Object now() { return"
                + " java.time.Clock.systemUTC(); } }",
            "package govcloud.node; class B { Object b(java.time.Clock c) { return"
                + " java.time.Instant.now(c); } }",
            "package govcloud.node; class C { Object c() { return new java.util.Random(7L); } }");
    assertThat(ArchitectureRules.NOBODY_READS_THE_WALL_CLOCK.evaluate(classes).hasViolation())
        .isFalse();
  }

  @Test
  void nounsInACircle_areFound() throws IOException {
    assertFound(
        ArchitectureRules.NOUNS_HAVE_NO_CYCLES,
        "package govcloud.node.a; public class A { govcloud.node.b.B b; }",
        "package govcloud.node.b; public class B { govcloud.node.a.A a; }");
  }

  @Test
  void secondPersistentActor_isFound() throws IOException {
    assertFound(
        ArchitectureRules.ONE_PERSISTENT_ACTOR,
        "package govcloud.node.a; class A extends EventSourcedBehaviorWithEnforcedReplies {}",
        "package govcloud.node.a; class EventSourcedBehaviorWithEnforcedReplies {}");
  }

  private void assertFound(ArchRule rule, String... sources) throws IOException {
    assertThat(rule.evaluate(compiled(sources)).hasViolation()).isTrue();
  }

  private JavaClasses compiled(String... sources) throws IOException {
    Path compiled = Files.createTempDirectory(folder, "compiled");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                compiled.toString()));
    for (String source : sources) {
      String name = source.replaceFirst(".*?class (\\w+).*", "$1");
      Path file = Files.createTempDirectory(folder, "source").resolve(name + ".java");
      arguments.add(Files.writeString(file, source).toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).as("compiler's exit code").isZero();
    return new ClassFileImporter().importPath(compiled);
  }
}
