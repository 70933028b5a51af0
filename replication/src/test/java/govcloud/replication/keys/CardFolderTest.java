package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardFolderTest {
  @TempDir private Path folder;

  private KeyFolder keys(String cloud) throws KeyException {
    KeyFolder keys = new KeyFolder(folder.resolve(cloud));
    KeyCeremony.init(keys, cloud, folder.resolve(cloud + "-shares"), 2, 3, new SecureRandom());
    return keys;
  }

  @Test
  void keptCards_areRead_theNewestOfEachCloud() throws Exception {
    Path cards = folder.resolve("cards");
    assertThat(CardFolder.read(cards)).isEmpty();
    KeyFolder harbour = keys("harbour");
    CardFolder.keep(cards, keys("mountain").card());
    CardFolder.keep(cards, harbour.card());
    harbour.rotateSigning(new SecureRandom());
    CardFolder.keep(cards, harbour.card());
    assertThat(CardFolder.read(cards))
        .extracting(CloudCard::cloud)
        .containsExactly("harbour", "mountain");
    assertThat(CardFolder.read(cards).get(0).statements()).hasSize(2);
  }

  @Test
  void manyNodes_keepTheSameCard_leaveOneFile() throws Exception {
    Path cards = folder.resolve("cards");
    CloudCard card = keys("harbour").card();
    List<CompletableFuture<Void>> nodes =
        IntStream.range(0, 8)
            .mapToObj(
                node ->
                    CompletableFuture.runAsync(
                        () -> {
                          try {
                            CardFolder.keep(cards, card);
                          } catch (KeyException e) {
                            throw new AssertionError(e);
                          }
                        }))
            .toList();
    nodes.forEach(CompletableFuture::join);
    try (Stream<Path> files = Files.list(cards)) {
      assertThat(files).containsExactly(cards.resolve("harbour.card"));
    }
  }

  @Test
  void whatIsNoCard_isRefused() throws Exception {
    Files.writeString(folder.resolve("harbour.card"), "no card");
    assertThatThrownBy(() -> CardFolder.read(folder)).isInstanceOf(KeyException.class);
  }
}
