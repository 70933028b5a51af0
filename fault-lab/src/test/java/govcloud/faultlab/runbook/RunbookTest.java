package govcloud.faultlab.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runbooks are read as they stand, and a step that is no longer so is found. */
class RunbookTest {
  private static final List<String> STEP =
      List.of(
          "# Runbook",
          "```sh",
          "export CLOUD=harbour DISK=/disk",
          "```",
          "## 1. First",
          "1. Do.",
          "   ```sh sibling",
          "echo $CLOUD",
          "   ```",
          "   Expected, exit code 11:",
          "   ```",
          "cloud    $CLOUD",
          "records  <number>",
          "...",
          "last <time>",
          "   ```");
  private static final Map<String, String> PLACES = Map.of("CLOUD", "h.1", "DISK", "/d");

  @TempDir private Path folder;

  private Runbook runbook(List<String> lines) throws IOException {
    return Runbook.read(Files.write(folder.resolve("runbook.md"), lines));
  }

  @Test
  void step_isReadWithItsPlaceCodeAndLines() throws Exception {
    Runbook runbook = runbook(STEP);
    assertThat(runbook.places()).containsExactly("CLOUD", "DISK");
    assertThat(runbook.unsaid()).isEmpty();
    assertThat(runbook.steps())
        .containsExactly(
            new Runbook.Step(1, 8, "sibling", "echo $CLOUD", 11, STEP.subList(11, 15), 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cloud h.1|records 4,702|last 2026-03-02T21:08:26.5Z|",
        "cloud  h.1|records    12.5|more|and more|last 2026-03-02 21:08:26Z|",
        "cloud hx1|records 4|last 2026-03-02T21:08:26Z|12",
        "cloud h.1|records many|last 2026-03-02T21:08:26Z|13",
        "cloud h.1|records 4|last tuesday|15",
        "cloud h.1|records 4|last 2026-03-02T21:08:26Z|and more|15",
        "records 4|last 2026-03-02T21:08:26Z|12",
      })
  void whatIsSaid_isComparedLineByLine(String row) throws Exception {
    List<String> words = Arrays.asList(row.split("\\|", -1));
    String line = words.get(words.size() - 1);
    Optional<Integer> drift =
        Expected.drift(runbook(STEP).steps().get(0), PLACES, words.subList(0, words.size() - 1));
    assertThat(drift)
        .isEqualTo(line.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(line)));
  }

  @Test
  void commandOfWhichNothingIsSaid_isNoStep() {
    assertThatThrownBy(() -> runbook(STEP.subList(0, 9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("runbook.md:8: not said what this says");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runbook-site-loss.md", "runbook-drill.md", "runbook-switch-over.md"})
  void ourRunbooks_sayAllPlaces(String name) throws Exception {
    Runbook runbook = Runbook.read(Path.of("../docs").resolve(name));
    assertThat(runbook.steps()).hasSizeGreaterThan(5);
    assertThat(runbook.unsaid()).isEmpty();
  }
}
