package govcloud.recovery.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.recovery.bundle.RecoveryBundle.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryBundleTest {
  @TempDir private Path folder;
  private Path tool;
  private RecoveryBundle bundles;

  @BeforeEach
  void build() throws IOException {
    tool = Files.writeString(folder.resolve("tool.jar"), "tool");
    Files.writeString(Files.createDirectory(folder.resolve("lib")).resolve("a.jar"), "library");
    bundles = new RecoveryBundle(folder.resolve("received"));
  }

  @Test
  void toolWithLibrariesScriptAndRunbook_isPutIntoTheArchiveOnce() throws IOException {
    Path bundle = bundles.write(tool);
    assertThat(bundle.resolve("govcloud-recover.jar")).hasContent("tool");
    assertThat(bundle.resolve("lib/a.jar")).hasContent("library");
    assertThat(bundle.resolve("recover")).isExecutable();
    assertThat(Files.readString(bundle.resolve("runbook-site-loss.md")))
        .startsWith("# Runbook: the site is lost");
    assertThat(bundles.write(tool)).isEqualTo(bundle);
    assertThat(bundles.check())
        .containsExactly(new Found(bundle.getFileName().toString(), bundle, List.of()));
    Files.writeString(tool, "a newer tool");
    assertThat(bundles.write(tool)).isNotEqualTo(bundle);
    assertThat(bundles.check()).hasSize(2).allMatch(found -> found.wrong().isEmpty());
    try (var left = Files.list(folder.resolve("received/bundle"))) {
      assertThat(left).hasSize(2);
    }
  }

  @Test
  void sums_areCheckedWithoutTheTool() throws Exception {
    Path bundle = bundles.write(tool);
    Process check =
        new ProcessBuilder("sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS")
            .directory(bundle.toFile())
            .start();
    assertThat(check.waitFor()).isZero();
  }

  @Test
  void changedMissingAndForeignFiles_areNamed() throws IOException {
    Path bundle = bundles.write(tool);
    Files.writeString(bundle.resolve("lib/a.jar"), "changed");
    Files.delete(bundle.resolve("recover"));
    Files.writeString(bundle.resolve("lib/b.jar"), "foreign");
    assertThat(bundles.check().get(0).wrong()).containsExactly("lib/a.jar", "lib/b.jar", "recover");
    Path sums = bundle.resolve("SHA256SUMS");
    Files.writeString(sums, Files.readString(sums) + "00  lib/c.jar\n");
    assertThat(bundles.check().get(0).wrong()).contains("SHA256SUMS", "lib/c.jar");
  }

  @Test
  void toolWithoutLibraries_leavesNothingBehind() throws IOException {
    Files.delete(folder.resolve("lib/a.jar"));
    Files.delete(folder.resolve("lib"));
    assertThatThrownBy(() -> bundles.write(tool)).isInstanceOf(IOException.class);
    assertThat(bundles.check()).isEmpty();
    try (var left = Files.list(folder.resolve("received/bundle"))) {
      assertThat(left).isEmpty();
    }
  }
}
