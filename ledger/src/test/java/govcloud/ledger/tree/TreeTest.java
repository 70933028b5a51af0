package govcloud.ledger.tree;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.ledger.LedgerException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Roots and proofs beside published values and beside the definition of RFC 6962, word by word. */
class TreeTest {
  private static final int SIZES = 200;

  /** The leaves of the reference trees of Certificate Transparency. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  /** Their published roots, for sizes 1 to 8. */
  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private final List<Hash> leaves = new ArrayList<>();
  private final List<Hash> roots = new ArrayList<>();
  private final Map<List<Integer>, Hash> perfect = new HashMap<>();

  TreeTest() {
    for (int i = 0; i < SIZES; i++) {
      leaves.add(Hash.ofLeaf(("entry " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    for (int size = 0; size <= SIZES; size++) {
      roots.add(rootOf(leaves.subList(0, size)));
    }
  }

  /** The definition of section 2.1. */
  private static Hash rootOf(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Hash.EMPTY;
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return Hash.ofNode(
        rootOf(leaves.subList(0, split)), rootOf(leaves.subList(split, leaves.size())));
  }

  private Hash perfect(int height, long index) {
    int length = 1 << height;
    int from = (int) index * length;
    return perfect.computeIfAbsent(
        List.of(height, from), key -> rootOf(leaves.subList(from, from + length)));
  }

  @Test
  void referenceTrees_haveThePublishedRoots() {
    CompactTree tree = new CompactTree();
    assertThat(HexFormat.of().formatHex(tree.root().toBytes()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int i = 0; i < LEAVES.size(); i++) {
      tree.add(Hash.ofLeaf(HexFormat.of().parseHex(LEAVES.get(i))));
      assertThat(HexFormat.of().formatHex(tree.root().toBytes())).isEqualTo(ROOTS.get(i));
    }
  }

  @Test
  void compactTree_everySize_hasTheRootOfTheDefinition() throws LedgerException {
    CompactTree tree = new CompactTree();
    TreeProofs proofs = new TreeProofs(this::perfect);
    for (int size = 0; size < SIZES; size++) {
      Hash expected = roots.get(size);
      assertThat(tree.root()).isEqualTo(expected);
      assertThat(proofs.root(size)).isEqualTo(expected);
      tree.add(leaves.get(size));
    }
  }

  @Tag("slow")
  @Test
  void inclusion_everyLeafOfEverySize_isProvedAndNothingElseIs() throws LedgerException {
    TreeProofs proofs = new TreeProofs(this::perfect);
    for (int size = 1; size <= SIZES; size++) {
      Hash root = roots.get(size);
      for (int index = 0; index < size; index++) {
        List<Hash> proof = proofs.inclusion(index, size);
        Hash leaf = leaves.get(index);
        assertThat(ProofCheck.includes(leaf, index, size, proof, root)).isTrue();
        assertThat(ProofCheck.includes(leaf, index + 1, size, proof, root)).isFalse();
        assertThat(ProofCheck.includes(leaf, index - 1, size, proof, root)).isFalse();
        assertThat(ProofCheck.includes(Hash.EMPTY, index, size, proof, root)).isFalse();
        for (List<Hash> damaged : damaged(proof, size + index)) {
          assertThat(ProofCheck.includes(leaf, index, size, damaged, root)).isFalse();
        }
      }
    }
  }

  @Tag("slow")
  @Test
  void consistency_everyPairOfSizes_isProvedAndNothingElseIs() throws LedgerException {
    TreeProofs proofs = new TreeProofs(this::perfect);
    for (int size = 0; size <= SIZES; size++) {
      Hash root = roots.get(size);
      for (int old = 0; old <= size; old++) {
        List<Hash> proof = proofs.consistency(old, size);
        Hash oldRoot = roots.get(old);
        assertThat(ProofCheck.continues(old, oldRoot, size, root, proof)).isTrue();
        assertThat(ProofCheck.continues(old, Hash.ofLeaf(new byte[1]), size, root, proof))
            .isFalse();
        assertThat(ProofCheck.continues(size + 1, oldRoot, size, root, proof)).isFalse();
        if (old > 0 && old < size) {
          assertThat(ProofCheck.continues(old, oldRoot, size, oldRoot, proof)).isFalse();
        }
        for (List<Hash> damaged : damaged(proof, size + old)) {
          assertThat(ProofCheck.continues(old, oldRoot, size, root, damaged)).isFalse();
        }
      }
    }
  }

  @Test
  void proof_ofAnotherSize_isRefusedUnlessItIsTheSameProof() throws LedgerException {
    TreeProofs proofs = new TreeProofs(this::perfect);
    for (int size = 2; size < 40; size++) {
      for (int index = 0; index < size; index++) {
        for (int other = index + 1; other < 40; other++) {
          if (other != size) {
            List<Hash> proof = proofs.inclusion(index, size);
            Hash root = roots.get(other);
            assertThat(ProofCheck.includes(leaves.get(index), index, other, proof, root)).isFalse();
          }
        }
      }
    }
  }

  /** One too many at either end, one missing, one changed, two swapped. */
  private static List<List<Hash>> damaged(List<Hash> proof, int seed) {
    List<List<Hash>> all = new ArrayList<>();
    List<Hash> longer = new ArrayList<>(proof);
    longer.add(Hash.EMPTY);
    all.add(longer);
    List<Hash> earlier = new ArrayList<>(proof);
    earlier.add(0, Hash.EMPTY);
    all.add(earlier);
    if (!proof.isEmpty()) {
      int at = seed % proof.size();
      List<Hash> shorter = new ArrayList<>(proof);
      shorter.remove(at);
      all.add(shorter);
      List<Hash> changed = new ArrayList<>(proof);
      changed.set(at, Hash.ofNode(proof.get(at), proof.get(at)));
      all.add(changed);
      List<Hash> swapped = new ArrayList<>(proof);
      Collections.swap(swapped, at, 0);
      if (!swapped.equals(proof)) {
        all.add(swapped);
      }
    }
    return all;
  }
}
