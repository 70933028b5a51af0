package govcloud.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StyleTest {
  private List<SourceFile> files;

  @BeforeAll
  void read() throws IOException, InterruptedException {
    files = SourceTree.read().files();
    assertThat(files).hasSizeGreaterThan(50);
  }

  @Test
  void files_areShort() {
    assertThat(StyleRules.filesTooLong(files)).isEmpty();
  }

  @Test
  void methods_areShort() throws IOException {
    assertThat(MethodLength.methodsTooLong(files)).isEmpty();
  }

  @Test
  void packages_haveASentence() {
    assertThat(StyleRules.packagesWithoutSentence(files)).isEmpty();
  }

  @Test
  void markdownLinks_areAlive() {
    assertThat(StyleRules.deadLinks(files)).isEmpty();
  }

  @Test
  void nothing_isLeftUnfinished() {
    assertThat(StyleRules.unfinishedWords(files)).isEmpty();
  }

  @Test
  void nothing_belongsToOneMachine() {
    assertThat(StyleRules.machinePaths(files)).isEmpty();
  }

  @Test
  void modules_explainThemselves() {
    assertThat(StyleRules.modulesWithoutRationale(files)).isEmpty();
  }

  @Test
  void settings_areExplained() {
    assertThat(SettingsComments.uncommented(files)).isEmpty();
  }
}
