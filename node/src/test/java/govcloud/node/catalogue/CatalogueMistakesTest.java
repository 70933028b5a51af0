package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueMistakesTest {

  private static final String APP = "dog-licence/1/app.yaml";
  private static final String FORM = "dog-licence/1/form.json";
  private static final String CALENDAR = "calendar/cn.yaml";

  @TempDir Path folder;

  @BeforeEach
  void writeGoodApp() throws IOException {
    GoodApp.write(folder);
  }

  @Test
  void goodApp_loads() {
    assertThat(load().newest("dog-licence").orElseThrow().actions()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          start: draft @ start: [ @ 6:9: CATALOGUE_BAD_SYNTAX: while parsing a flow sequence
          start: draft @ begin: draft @ 4:1: CATALOGUE_UNKNOWN_KEY: begin: unknown (expected: one of [actions, clocks, create, documents, migrations, numbering, roles, start, states, summary, title])
          start: draft @ start: drafts @ 4:1: CATALOGUE_UNKNOWN_STATE: start: "drafts" (expected: one of [done, draft, review])
          to: review @ to: reviews @ 24:5: CATALOGUE_UNKNOWN_STATE: actions.apply.to: "reviews" (expected: one of [done, draft, review])
          from: draft @ from: [draft, drift] @ 23:19: CATALOGUE_UNKNOWN_STATE: actions.apply.from: "drift"
          `    to: review` @ `    moves: {draft: review}` @ 24:5: CATALOGUE_BAD_VALUE: actions.apply.moves: beside from or to
          starts: promised @ starts: promise @ 26:5: CATALOGUE_UNKNOWN_CLOCK: actions.apply.starts: "promise" (expected: one of [promised])
          clock: promised, @ clock: later, @ 31:10: CATALOGUE_UNKNOWN_CLOCK: actions.prolong.extends.clock: "later"
          days_field: days @ days_field: kind @ 31:27: CATALOGUE_BAD_VALUE: actions.prolong.extends.days_field: "kind" (expected: an integer member of forms/prolong.json)
          `    roles: clerk` @ `    roles: [clerk, boss]` @ 25:20: CATALOGUE_UNKNOWN_ROLE: actions.apply.roles: "boss" (expected: one of [clerk])
          produces: licence @ produces: tag @ 39:5: CATALOGUE_UNKNOWN_DOCUMENT: actions.issue.produces: "tag"
          {zh: 审查, en: Review} @ {zh: 审查} @ 16:12: CATALOGUE_MISSING_TEXT: states.review.title.en: missing
          {zh: 最多两只, en: Two at most} @ {en: Two at most} @ 38:9: CATALOGUE_MISSING_TEXT: actions.issue.guards.message.zh: missing
          {zh: 办事员, en: Clerk} @ {zh: 办事员, en: Clerk, de: Amt} @ 6:31: CATALOGUE_UNKNOWN_KEY: roles.clerk.de: unknown (expected: one of [en, zh])
          form.dogs <= 2 @ form.dogs @ 37:9: CATALOGUE_BAD_GUARD: actions.issue.guards.when: type dyn (expected: bool)
          form.dogs <= 2 @ dogs <= 2 @ 37:9: CATALOGUE_BAD_GUARD: actions.issue.guards.when: at 1:1: undeclared reference to 'dogs'
          apply: @ Apply: @ 21:3: CATALOGUE_BAD_IDENTIFIER: actions: "Apply" (expected: [a-z0-9][a-z0-9-]{0,62})
          apply: @ prolong: @ 27:3: CATALOGUE_DUPLICATE: prolong: given twice
          working_days: 5 @ working_days: 0 @ 11:5: CATALOGUE_BAD_VALUE: clocks.promised.working_days: "0" (expected: 1 to 1000)
          kind: promised @ kind: soon @ 10:5: CATALOGUE_BAD_VALUE: clocks.promised.kind: "soon" (expected: statutory, promised or internal)
          `    kind: promised` @ `    warn_percent: 100` @ 8:3: CATALOGUE_MISSING_KEY: clocks.promised.kind: missing
          `    starts: promised` @ `    ends: promised` @ 8:3: CATALOGUE_IDLE_CLOCK: clocks.promised: nothing starts it
          {serial:4} @ {number} @ 3:1: CATALOGUE_BAD_NUMBERING: numbering: "{area}-{yyyy}-{number}" (expected: text with {area}, {yyyy}, {yyyyMM} and one {serial:1} to {serial:9})
          to: done @ to: review @ 17:3: CATALOGUE_UNREACHABLE_STATE: states.done: no action leads here
          final: true @ final: maybe @ 17:37: CATALOGUE_BAD_VALUE: states.done.final: "maybe" (expected: true or false)
          , final: true @ `` @ 15:3: CATALOGUE_DEAD_END: states.draft: no actions lead to a final state
          title: {zh: 发证, en: Issue} @ title: &t {zh: 发证, en: Issue}, activity: *t @ CATALOGUE_BAD_SYNTAX
          """)
  void spoiledApp_load_namesLineAndReason(String from, String to, String mistake)
      throws IOException {
    GoodApp.spoil(folder, APP, from, to == null ? "" : to);
    assertThat(mistakes()).anySatisfy(found -> assertThat(found).startsWith(APP).contains(mistake));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          "additionalProperties": false, @ `` @ 1:1: CATALOGUE_BAD_SCHEMA: additionalProperties: missing
          draft/2020-12 @ draft-07 @ 2:3: CATALOGUE_BAD_SCHEMA: $schema: "https://json-schema.org/draft-07/schema"
          "integer" @ "whole" @ 7:7: CATALOGUE_BAD_SCHEMA: /properties/dogs/type:
          "type": "integer", @ "type": "integer" @ 8:7: CATALOGUE_BAD_SYNTAX
          "type": "integer" @ "$ref": "http://example.org/x" @ 7:7: CATALOGUE_BAD_SCHEMA: $ref: http://example.org/x (expected: #/$defs/ of this file)
          "type": "integer" @ "$ref": "#/$defs/none" @ 7:7: CATALOGUE_BAD_SCHEMA: $ref: #/$defs/none (expected: #/$defs/ of this file)
          "type": "object", @ "type": "object", "$id": "http://example.org/x", @ 3:21: CATALOGUE_BAD_SCHEMA: $id: given (expected: none)
          "type": "object", @ "type": "object", "$defs": {"a": {"not": {"$ref": "#/$defs/b"}}, "b": {"$ref": "#/$defs/a"}}, @ 3:31: CATALOGUE_BAD_SCHEMA: $defs/a: leads back to itself (expected: an end)
          "type": "integer" @ "pattern": "(a" @ 7:7: CATALOGUE_BAD_SCHEMA: /properties/dogs/pattern:
          "type": "integer" @ "pattern": "a(?=b)" @ 7:7: CATALOGUE_BAD_SCHEMA: /properties/dogs/pattern:
          , "en": "Dogs" @ `` @ 6:5: CATALOGUE_MISSING_TEXT: /properties/dogs/texts/en: missing
          , "big": {"zh": "大", "en": "Big"} @ `` @ 13:25: CATALOGUE_MISSING_TEXT: /properties/kind/enum_texts/big/zh: missing
          """)
  void spoiledForm_load_namesLineAndReason(String from, String to, String mistake)
      throws IOException {
    GoodApp.spoil(folder, FORM, from, to == null ? "" : to);
    assertThat(mistakes()).anySatisfy(found -> assertThat(found).startsWith(FORM + ":" + mistake));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '`',
      textBlock =
          """
          2026-01-04 @ 2026-01-05 @ 7:20: CATALOGUE_BAD_CALENDAR: make-up day: 2026-01-05 is a MONDAY (expected: a weekend)
          2026-01-04 @ 2026-01-03 @ 1:1: CATALOGUE_BAD_CALENDAR: 2026-01-03: holiday and make-up day (expected: one of them)
          2026-01-03 @ 2025-01-03 @ 6:61: CATALOGUE_BAD_CALENDAR: day: "2025-01-03" (expected: a day of 2026 as yyyy-MM-dd)
          source: none @ sauce: none @ 4:5: CATALOGUE_UNKNOWN_KEY: years.2026.sauce: unknown
          """)
  void spoiledCalendar_load_namesLineAndReason(String from, String to, String mistake)
      throws IOException {
    GoodApp.spoil(folder, CALENDAR, from, to);
    assertThat(mistakes())
        .anySatisfy(found -> assertThat(found).startsWith(CALENDAR + ":" + mistake));
  }

  @Test
  void filesAmiss_load_areNamed() throws IOException {
    Files.delete(folder.resolve(FORM));
    GoodApp.put(folder, "dog-licence/1/notes.txt", "x");
    GoodApp.put(folder, "dog-licence/1/forms/bark.json", GoodApp.DAYS);
    GoodApp.put(folder, "dog-licence/3/app.yaml", " ".repeat(300_000));
    GoodApp.put(folder, "Cats/1/form.json", GoodApp.FORM);
    assertThat(mistakes())
        .contains(
            "dog-licence/1/form.json: CATALOGUE_BAD_FILE: missing (expected: a file)",
            "dog-licence/1/notes.txt: CATALOGUE_BAD_FILE: unexpected (expected: app.yaml,"
                + " form.json or forms/)",
            "dog-licence/1/forms/bark.json: CATALOGUE_UNKNOWN_ACTION: \"bark\" (expected: the name"
                + " of an action)",
            "dog-licence: CATALOGUE_VERSION_GAP: version 2: missing (expected: 1 to 2 without a"
                + " gap)",
            "dog-licence/3/app.yaml: CATALOGUE_BAD_FILE: size: 300000 bytes (expected: at most"
                + " 262144)",
            "Cats: CATALOGUE_BAD_IDENTIFIER: folder: Cats (expected: lower-case letters, digits"
                + " and -)",
            "Cats/1/app.yaml: CATALOGUE_BAD_FILE: missing (expected: a file)");
  }

  @Test
  void incompleteMigration_load_namesTheStates() throws IOException {
    var yaml = GoodApp.YAML + "migrations:\n  1: {draft: draft, done: done}\n";
    GoodApp.put(folder, "dog-licence/2/app.yaml", yaml);
    GoodApp.put(folder, "dog-licence/2/form.json", GoodApp.FORM);
    GoodApp.put(folder, "dog-licence/2/forms/prolong.json", GoodApp.DAYS);
    assertThat(mistakes())
        .containsExactly(
            "dog-licence/2/app.yaml:41:3: CATALOGUE_BAD_MIGRATION: migrations.1: [done, draft]"
                + " (expected: every state of version 1: [done, draft, review])");
    GoodApp.spoil(folder, "dog-licence/2/app.yaml", "done: done", "done: gone, review: draft");
    assertThat(mistakes().get(0)).contains(":41:21: CATALOGUE_UNKNOWN_STATE: migrations.1.done");
    GoodApp.spoil(folder, "dog-licence/2/app.yaml", "gone", "done");
    assertThat(load().find("dog-licence", 2).orElseThrow().migrations().get(1)).hasSize(3);
    GoodApp.spoil(folder, "dog-licence/2/app.yaml", "  1: {", "  2: {");
    assertThat(mistakes().get(0)).contains("CATALOGUE_BAD_MIGRATION: migrations.2: from version 2");
  }

  @Test
  void sameActivityTwice_load_isRefused() throws IOException {
    GoodApp.spoil(folder, APP, "    produces: licence", "    activity: A");
    GoodApp.spoil(folder, APP, "    starts: promised", "    starts: promised\n    activity: A");
    assertThat(mistakes())
        .containsExactly(
            APP
                + ":33:3: CATALOGUE_DUPLICATE: actions.issue: activity \"A\" is also that of apply");
  }

  @Test
  void severalMistakes_load_areToldAtOnce() throws IOException {
    GoodApp.spoil(folder, APP, "start: draft", "start: drafts");
    GoodApp.spoil(folder, APP, "form.dogs <= 2", "dogs");
    GoodApp.spoil(folder, FORM, "\"integer\"", "\"whole\"");
    GoodApp.spoil(folder, CALENDAR, "2026-01-04", "2026-01-05");
    var error = catchThrowableOfType(CatalogueException.class, this::load);
    assertThat(error.mistakes())
        .extracting(Mistake::file)
        .containsExactlyInAnyOrder(CALENDAR, APP, APP, FORM);
    assertThat(error).hasMessageStartingWith("catalogue: 4 mistakes\n" + CALENDAR + ":7:20: ");
  }

  @Test
  void noFolder_load_saysSo() {
    assertThat(
            catchThrowableOfType(
                CatalogueException.class,
                () -> AppCatalogue.load(settings(folder.resolve("nowhere")))))
        .hasMessageContaining("nowhere: CATALOGUE_BAD_FILE: no readable folder");
  }

  private AppCatalogue load() {
    return AppCatalogue.load(settings(folder));
  }

  private List<String> mistakes() {
    return catchThrowableOfType(CatalogueException.class, this::load).mistakes().stream()
        .map(Mistake::toString)
        .toList();
  }

  private static CatalogueSettings settings(Path folder) {
    return ShippedApps.settings(folder, CatalogueSettings.CloudKind.EXTRANET);
  }
}
