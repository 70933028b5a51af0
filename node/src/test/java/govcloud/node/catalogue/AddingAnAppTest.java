package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps the checklist for new apps true. */
class AddingAnAppTest {

  private static final Pattern FILE =
      Pattern.compile("<!-- file: (\\S+) -->\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void exampleInTheDocument_loads_andUsesEveryPartOfTheFormat() throws IOException {
    GoodApp.write(folder);
    for (var file : files().entrySet()) {
      GoodApp.put(folder, file.getKey(), file.getValue());
    }
    var catalogue =
        AppCatalogue.load(ShippedApps.settings(folder, CatalogueSettings.CloudKind.EXTRANET));
    var app = catalogue.newest("video-meeting").orElseThrow();
    assertThat(app.creation().guards()).hasSize(1);
    assertThat(app.actions().values())
        .anyMatch(action -> !action.moves().isEmpty())
        .anyMatch(action -> action.activity().isPresent())
        .anyMatch(action -> action.formSchema().isPresent())
        .anyMatch(action -> !action.stopsClocks().isEmpty())
        .anyMatch(action -> !action.resumesClocks().isEmpty())
        .anyMatch(action -> !action.endsClocks().isEmpty())
        .anyMatch(action -> !action.extendsClocks().isEmpty())
        .anyMatch(action -> !action.produces().isEmpty());
    assertThat(app.states().keySet()).startsWith("booked", "approved", "notified");
    var form =
        "{\"subject\": \"会商\", \"kind\": \"dispatch\", \"classified\": false,"
            + " \"starts_at\": \"2026-03-02T09:00:00+08:00\", \"seats\": 3}";
    assertThat(new FormValidator(catalogue).validateCase(app, form)).isEmpty();
  }

  @Test
  void everyMistakeCode_isInTheDocument() throws IOException {
    assertThat(document())
        .contains(
            Arrays.stream(MistakeCode.values())
                .map(code -> "| `" + code + "` | ")
                .toArray(String[]::new));
  }

  @Test
  void everyPathInTheChecklist_exists() throws IOException {
    assertThat(files()).hasSize(4);
    assertThat(document()).contains("CatalogueLoadTest", "AppWalkTest", "apps/calendar/");
    for (var name : new String[] {"CatalogueLoadTest", "AppWalkTest"}) {
      assertThat(Path.of("src/test/java/govcloud/node/catalogue/" + name + ".java")).exists();
    }
    assertThat(ShippedApps.REPOSITORY.resolve("apps/calendar")).isDirectory();
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    var matcher = FILE.matcher(document());
    while (matcher.find()) {
      files.put(matcher.group(1), matcher.group(2));
    }
    return files;
  }

  private static String document() throws IOException {
    return Files.readString(ShippedApps.REPOSITORY.resolve("docs/adding-an-app.md"));
  }
}
