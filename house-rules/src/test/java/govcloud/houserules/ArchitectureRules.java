package govcloud.houserules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** Who may know whom, and who may ask the clock. */
final class ArchitectureRules {
  /** Calls that answer differently each time. Methods that take a clock or a seed are fine. */
  private static final Map<String, Set<String>> UNREPEATABLE =
      Map.ofEntries(
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")),
          Map.entry("java.time.Year", Set.of("now")),
          Map.entry(
              "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis")),
          Map.entry("java.lang.System", Set.of("currentTimeMillis")),
          Map.entry("java.lang.Math", Set.of("random")),
          Map.entry("java.util.UUID", Set.of("randomUUID")),
          Map.entry("java.util.Date", Set.of("<init>")),
          Map.entry("java.util.Random", Set.of("<init>")),
          Map.entry("java.security.SecureRandom", Set.of("<init>", "getInstanceStrong")),
          Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of("current")));

  /** Where clocks and randomness come into the house; each hands them on as arguments. */
  private static final Set<String> WIRING =
      Set.of(
          // makes a secret, which must not be repeatable
          "govcloud.localcassandra.CassandraFiles",
          // the same, certificates, whose time is that of the machine
          "govcloud.localcassandra.CassandraCertificates",
          // tools without an actor system: certificates are valid by the machine's clock
          "govcloud.journal.cassandra.CassandraSessions",
          // is started by Pekko and not by a main: gives the core its clock and its incarnations
          "govcloud.journal.plugin.SliceJournal",
          // a command of the command line, started by picocli: tokens and idempotency keys
          "govcloud.cli.local.UpCommand",
          "govcloud.cli.local.DisasterCommand",
          // the same: makes keys, which must not be repeatable
          "govcloud.cli.keys.KeysCommand",
          "govcloud.cli.keys.DrillKey",
          "govcloud.cli.keys.ReaderKeys",
          "govcloud.cli.keys.VaultKey",
          "govcloud.cli.account.ProgramCommand",
          "govcloud.cli.account.RecoverCommand",
          // the same: nonces of signatures
          "govcloud.cli.api.Credentials",
          // the same: passwords of people of the demo
          "govcloud.cli.demo.ExchangeDemoCommand",
          // the token of a node that lives as long as a drill
          "govcloud.recovery.command.DrillRunCommand",
          // the same, of a copy
          "govcloud.recovery.command.CloneCommand",
          // the same, after the loss of a site
          "govcloud.recovery.command.NewSiteOptions",
          // the token by which one browser opens the recovery page
          "govcloud.recovery.command.ShowOptions",
          // makes keys of files put aside, which must not be repeatable
          "govcloud.node.attachment.Attachments",
          // the same, of people
          "govcloud.node.vault.PersonalData",
          // how long ago this machine wrote a file; only saves work
          "govcloud.replication.store.FileSystemArchiveStore",
          "govcloud.cli.command.ChangeOptions");

  static final ArchRule DOMAIN_KNOWS_ONLY_JAVA =
      noClasses()
          .that()
          .resideInAPackage("govcloud.domain..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages("govcloud.domain..", "java..");

  static final ArchRule PROTOBUF_KNOWS_ONLY_THE_DOMAIN =
      knowsOnly("govcloud.protobuf..", "govcloud.protobuf..", "govcloud.domain..");

  static final ArchRule JOURNAL_KNOWS_ONLY_PROTOBUF_AND_PKI =
      knowsOnly(
          "govcloud.journal..", "govcloud.journal..", "govcloud.protobuf..", "govcloud.pki..");

  static final ArchRule REPLICATION_KNOWS_ONLY_PROTOBUF =
      knowsOnly("govcloud.replication..", "govcloud.replication..", "govcloud.protobuf..");

  /** Whoever checks a ledger has no cloud. */
  static final ArchRule LEDGER_KNOWS_NO_OTHER_ROOM =
      knowsOnly("govcloud.ledger..", "govcloud.ledger..");

  /** Certificates concern everybody, and know nobody. */
  static final ArchRule PKI_KNOWS_NO_OTHER_ROOM = knowsOnly("govcloud.pki..", "govcloud.pki..");

  /** What may pass is computed, from records and facts that others bring. */
  static final ArchRule EXCHANGE_KNOWS_ONLY_DOMAIN_AND_LEDGER =
      knowsOnly(
          "govcloud.exchange..", "govcloud.exchange..", "govcloud.domain..", "govcloud.ledger..");

  /** Formats, keys and checks are computed: no actors, no network, no store. */
  static final ArchRule ARCHIVE_KNOWS_NO_ACTORS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "govcloud.replication.statement..",
              "govcloud.replication.keys..",
              "govcloud.replication.archive..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.pekko..",
              "software.amazon..",
              "java.net..",
              "govcloud.replication.store..")
          .allowEmptyShould(true);

  static final ArchRule LOCAL_CASSANDRA_KNOWS_ONLY_JAVA_AND_PKI =
      noClasses()
          .that()
          .resideInAPackage("govcloud.localcassandra..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "govcloud.localcassandra..", "govcloud.pki..", "java..", "javax.net..");

  /** Of replication it knows the keys, and the ledger: files on this machine without HTTP. */
  static final ArchRule CLI_KNOWS_ONLY_LOCAL_CASSANDRA =
      knowsOnly(
          "govcloud.cli..",
          "govcloud.cli..",
          "govcloud.localcassandra..",
          "govcloud.ledger..",
          "govcloud.exchange.evidence..",
          "govcloud.pki..",
          "govcloud.replication.keys..",
          "govcloud.replication.statement..");

  /** Works where no node does; what it shares with nodes is formats, rules and the terminal. */
  static final ArchRule RECOVERY_TOOL_DOES_NOT_KNOW_NODES =
      knowsOnly(
          "govcloud.recovery..",
          "govcloud.recovery..",
          "govcloud.domain..",
          "govcloud.protobuf..",
          "govcloud.journal..",
          "govcloud.replication..",
          "govcloud.localcassandra..",
          "govcloud.cli..");

  static final ArchRule FAULT_LAB_READS_BY_ITSELF =
      knowsOnly(
          "govcloud.faultlab..",
          "govcloud.faultlab..",
          "govcloud.ledger",
          "govcloud.ledger.leaf..",
          "govcloud.ledger.log..",
          "govcloud.ledger.note..",
          "govcloud.ledger.verify..",
          "govcloud.localcassandra..",
          "govcloud.protobuf.journal.v1..",
          "govcloud.protobuf.replica.v1..",
          "govcloud.replication.archive..",
          "govcloud.replication.blob..",
          "govcloud.replication.keys..",
          "govcloud.replication.statement..",
          "govcloud.replication.store..");

  static final ArchRule NODE_DOES_NOT_KNOW_THE_COMMAND_LINE =
      knowsOnly(
          "govcloud.node..",
          "govcloud.node..",
          "govcloud.domain..",
          "govcloud.protobuf..",
          "govcloud.journal..",
          "govcloud.ledger..",
          "govcloud.exchange..",
          "govcloud.pki..",
          "govcloud.replication..");

  static final ArchRule NOBODY_READS_THE_WALL_CLOCK =
      noClasses()
          .that(notWiring())
          .should()
          .accessTargetWhere(unrepeatable())
          .because("time and chance are arguments, so that everything can be repeated");

  static final ArchRule NOUNS_HAVE_NO_CYCLES =
      slices().matching("govcloud.node.(*)..").should().beFreeOfCycles();

  static final ArchRule ONE_PERSISTENT_ACTOR =
      classes()
          .that()
          .areAssignableTo(
              DescribedPredicate.<JavaClass>describe(
                  "an event sourced behavior",
                  type ->
                      type.getAllRawSuperclasses().stream()
                          .anyMatch(
                              parent -> parent.getSimpleName().startsWith("EventSourcedBehavior"))))
          .and()
          .resideInAPackage("govcloud..")
          .should()
          .haveFullyQualifiedName("govcloud.node.eventsourcing.AggregateEntity")
          .allowEmptyShould(true);

  private ArchitectureRules() {}

  private static ArchRule knowsOnly(String who, String... whom) {
    return noClasses()
        .that()
        .resideInAPackage(who)
        .should()
        .dependOnClassesThat(
            resideInAPackage("govcloud..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(whom))))
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> notWiring() {
    return DescribedPredicate.describe(
        "not wiring",
        type ->
            type.getPackageName().startsWith("govcloud")
                && !outermost(type).endsWith("Main")
                && !WIRING.contains(outermost(type)));
  }

  private static String outermost(JavaClass type) {
    return type.getName().replaceAll("\\$.*", "");
  }

  /** Method references count like calls. */
  private static DescribedPredicate<JavaAccess<?>> unrepeatable() {
    return DescribedPredicate.describe(
        "target is unrepeatable",
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target && isUnrepeatable(target));
  }

  private static boolean isUnrepeatable(CodeUnitAccessTarget target) {
    return UNREPEATABLE
            .getOrDefault(target.getOwner().getName(), Set.of())
            .contains(target.getName())
        && target.getRawParameterTypes().stream()
            .map(JavaClass::getName)
            .noneMatch(Set.of("java.time.Clock", "long")::contains);
  }
}
