package govcloud.node.exchange.crossing;

import static govcloud.node.exchange.crossing.CrossingSamples.HARBOUR;
import static govcloud.node.exchange.crossing.CrossingSamples.MOUNTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.JsonBytes;
import govcloud.node.http.Json;
import govcloud.replication.statement.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever somebody does to an agreement that was handed over, it does not count, and says where.
 */
class AgreementMutationsTest {

  private static final String FILE = "transport/violations.json";
  private static final String REASON = FILE + ": EXCHANGE_CLOUD_[A-Z_]+: .+";

  @TempDir private Path folder;
  private AdoptedAgreements agreements;
  private byte[] good;
  private int mutations;

  @BeforeEach
  void handOver() throws IOException {
    Files.createDirectories(folder.resolve("transport"));
    agreements =
        new AdoptedAgreements(
            Optional.of(folder),
            CrossingSamples.inspection(MOUNTAIN, HARBOUR, CrossingSamples.AT.plusSeconds(999_999)));
    good = signed(body(), HARBOUR).toBytes();
    assertThat(defects(good)).isEmpty();
    assertThat(agreements.all()).containsOnlyKeys("transport/violations");
  }

  private static ObjectNode body() {
    var body = Json.mapper().createObjectNode().put("department", "transport");
    body.set("terms", Json.mapper().valueToTree(SharingSamples.TERMS.document()));
    body.set("resource", Json.mapper().valueToTree(SharingSamples.VIOLATIONS.document()));
    body.putArray("signatures")
        .addObject()
        .put("party", "police")
        .put("person", "zhao")
        .put("at", "2026-03-02T00:00:00Z");
    return body;
  }

  private static SignedMessage signed(ObjectNode body, SigningKey key) {
    var head =
        new Head(
            Head.AGREEMENT,
            "harbour",
            "mountain",
            "2026-000218-1",
            CrossingSamples.AT.toString(),
            "00112233445566778899aabbccddeeff",
            "violations",
            SharingSamples.TERMS.address(),
            "",
            "");
    return SignedMessage.sign(head, body, key);
  }

  private List<String> defects(byte[] file) throws IOException {
    Files.write(folder.resolve(FILE), file);
    agreements.look();
    return agreements.defects();
  }

  /** What is told of a changed file. */
  private String found(byte[] file, String what) throws IOException {
    mutations++;
    assertThat(file).as(what).isNotEqualTo(good);
    var defects = defects(file);
    assertThat(agreements.all()).as(what).isEmpty();
    assertThat(defects).as(what).hasSize(1);
    assertThat(defects.get(0)).as(what).matches("(?s)" + REASON).contains("(expected: ");
    return defects.get(0);
  }

  private byte[] with(int at, int drop, byte... more) {
    var bytes = new byte[good.length - drop + more.length];
    System.arraycopy(good, 0, bytes, 0, at);
    System.arraycopy(more, 0, bytes, at, more.length);
    System.arraycopy(good, at + drop, bytes, at + more.length, good.length - at - drop);
    return bytes;
  }

  @Test
  void bytes_changedAddedLostOrCutOff_areAllFound() throws IOException {
    var random = new Random(5);
    for (int at = 0; at < good.length; at++) {
      var bit = (byte) (good[at] ^ (1 << random.nextInt(8)));
      found(with(at, 1, bit), "bit of byte " + at);
    }
    for (int i = 0; i < 500; i++) {
      int at = random.nextInt(good.length);
      found(with(at, 0, (byte) random.nextInt(256)), "more at " + at);
      found(with(at, 1), "less at " + at);
      found(Arrays.copyOf(good, at), "cut off at " + at);
    }
    assertThat(mutations).isGreaterThan(3_000);
    assertThat(defects(good)).isEmpty();
    assertThat(agreements.all()).hasSize(1);
  }

  /** All places of a document where a value stands, in the order of the document. */
  private static List<String> leaves(JsonNode node, String at) {
    List<String> all = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(one -> all.addAll(leaves(one.getValue(), at + "/" + one.getKey())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        all.addAll(leaves(array.get(i), at + "/" + i));
      }
    } else {
      all.add(at);
    }
    return all;
  }

  private static void put(JsonNode document, String at, JsonNode value) {
    int last = at.lastIndexOf('/');
    var parent = document.at(at.substring(0, last));
    var name = at.substring(last + 1);
    if (parent instanceof ObjectNode object) {
      object.set(name, value);
    } else {
      ((ArrayNode) parent).set(Integer.parseInt(name), value);
    }
  }

  private static JsonNode other(JsonNode value, int how) {
    var nodes = Json.mapper().getNodeFactory();
    return switch (how) {
      case 0 -> nodes.textNode(value.asText() + "x");
      case 1 -> nodes.textNode("");
      case 2 -> nodes.numberNode(value.asLong() + 1);
      case 3 -> nodes.booleanNode(!value.asBoolean());
      default -> nodes.nullNode();
    };
  }

  /** The file is in its one form again each time, so that only the signature can tell. */
  @Test
  void values_changedInTheOneForm_areFoundInTheirPart() throws IOException {
    var read = Json.read(good);
    for (String at : leaves(read, "")) {
      for (int how = 0; how < 5; how++) {
        var changed = read.deepCopy();
        var value = other(read.at(at), how);
        if (value.equals(read.at(at))) {
          continue;
        }
        put(changed, at, value);
        var found = found(JsonBytes.of(changed), at + " to " + value);
        if (at.startsWith("/body/")) {
          assertThat(found).as(at).contains("EXCHANGE_CLOUD_SIGNATURE_WRONG: body: another one");
        }
      }
    }
    assertThat(mutations).isGreaterThan(300);
  }

  @Test
  void agreement_ofAnotherSignerDepartmentNameOrTerms_isFoundThere() throws IOException {
    var forged = signed(body(), CrossingSamples.key("harbour", 9)).toBytes();
    assertThat(found(forged, "signer")).contains("SIGNATURE_WRONG: key ");
    var department = signed(body().put("department", "police"), HARBOUR).toBytes();
    assertThat(found(department, "department")).contains("for police (expected: transport)");
    var wider = body();
    put(wider, "/terms/fields/2/masking/rule", Json.mapper().getNodeFactory().textNode("plain"));
    assertThat(found(signed(wider, HARBOUR).toBytes(), "terms"))
        .contains("terms: others (expected: those of");
    var wrongKind =
        SignedMessage.sign(
            CrossingSamples.head(Head.QUERY, "harbour", "mountain", ""), body(), HARBOUR);
    assertThat(found(wrongKind.toBytes(), "kind")).contains("kind: query (expected: agreement)");
    var otherReceiver =
        SignedMessage.sign(
            CrossingSamples.head(Head.AGREEMENT, "harbour", "valley", ""), body(), HARBOUR);
    assertThat(found(otherReceiver.toBytes(), "receiver")).contains("receiver: valley");
    Files.write(folder.resolve("transport/other.json"), good);
    Files.delete(folder.resolve(FILE));
    agreements.look();
    assertThat(agreements.all()).isEmpty();
    assertThat(agreements.defects().get(0)).contains("agreement violations (expected: other)");
  }
}
