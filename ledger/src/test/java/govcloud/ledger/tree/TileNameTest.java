package govcloud.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TileNameTest {
  @Test
  void path_asTheSpecificationWritesIt() {
    assertThat(TileName.full(0, 1_234_067).path()).isEqualTo("tile/0/x001/x234/067");
    assertThat(new TileName(TileName.ENTRIES, 12, 34).path()).isEqualTo("tile/entries/012.p/34");
    assertThat(new TileName(1, 1000, 255).path()).isEqualTo("tile/1/x001/000.p/255");
  }

  @Test
  void edge_of70000_isThatOfTheSpecification() {
    assertThat(TileName.edge(0, 70_000)).contains(new TileName(0, 273, 112));
    assertThat(TileName.edge(1, 70_000)).contains(new TileName(1, 1, 17));
    assertThat(TileName.edge(2, 70_000)).contains(new TileName(2, 0, 1));
    assertThat(TileName.edge(3, 70_000)).isEmpty();
    assertThat(TileName.edge(0, 256)).isEmpty();
    assertThat(TileName.edge(1, 256)).contains(new TileName(1, 0, 1));
    assertThat(TileName.full(0, 272).isWithin(70_000)).isTrue();
    assertThat(TileName.full(0, 273).isWithin(70_000)).isFalse();
  }

  @Test
  void parse_readsWhatPathWrites_andNothingElse() {
    for (long index : new long[] {0, 1, 255, 999, 1000, 999_999, 1_000_000, 1_234_067}) {
      for (int level : new int[] {TileName.ENTRIES, 0, 1, 7}) {
        for (int width : new int[] {1, 255, 256}) {
          TileName name = new TileName(level, index, width);
          assertThat(TileName.parse(name.path())).contains(name);
        }
      }
    }
    for (String wrong :
        List.of(
            "tile/0/1",
            "tile/00/001",
            "tile/8/001",
            "tile/0/x000/001",
            "tile/0/001.p/0",
            "tile/0/001.p/01",
            "tile/0/001.p/256",
            "tile/0/001.p/257",
            "tile/0/001.next",
            "tile/data/001",
            "checkpoint")) {
      assertThat(TileName.parse(wrong)).as(wrong).isEmpty();
    }
  }
}
