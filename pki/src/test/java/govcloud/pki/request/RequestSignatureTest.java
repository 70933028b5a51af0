package govcloud.pki.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final URI ADDRESS = URI.create("https://Cloud.example:443/v1/a%2Fb?page_size=2");

  private final ProgramKey key = ProgramKey.generate("feed", new SecureRandom());
  private final RequestSigner signer = new RequestSigner(key, new SecureRandom(), () -> NOW);

  /** The example of RFC 9421, appendix B.2.6. */
  @Test
  void publishedExample_isValid() {
    var values =
        Map.of(
            "date", "Tue, 20 Apr 2021 02:07:55 GMT",
            "@method", "POST",
            "@path", "/foo",
            "@authority", "example.com",
            "content-type", "application/json",
            "content-length", "18");
    var components =
        List.of("date", "@method", "@path", "@authority", "content-type", "content-length");
    var signature =
        new RequestSignature(
            components,
            "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"",
            Instant.ofEpochSecond(1618884473),
            "",
            "test-key-ed25519",
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    var publicKey = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs";
    assertThat(signature.isBy(publicKey, values::get)).isTrue();
    var other = new HashMap<>(values);
    other.put("@path", "/fop");
    assertThat(signature.isBy(publicKey, other::get)).isFalse();
    assertThat(signature.isBy(key.publicKey(), values::get)).isFalse();
    assertThat(signature.isBy("too-short", values::get)).isFalse();
  }

  @Test
  void signedRequest_isValidAndNoOtherOneIs() {
    var digest = ContentDigest.of("{}".getBytes(StandardCharsets.UTF_8));
    var more =
        signer.headers("POST", ADDRESS, Map.of("Idempotency-Key", "k-1"), Optional.of(digest));
    var signature = RequestSignature.parse(more.get("Signature-Input"), more.get("Signature"));
    assertThat(signature.keyId()).isEqualTo("feed." + key.publicKey()).isEqualTo(key.id());
    assertThat(signature.created()).isEqualTo(NOW);
    assertThat(signature.nonce()).hasSize(24);
    var values =
        Map.of(
            "@method", "POST",
            "@authority", "cloud.example",
            "@path", "/v1/a%2Fb",
            "@query", "?page_size=2",
            "idempotency-key", "k-1",
            "content-digest", digest);
    assertThat(signature.components()).containsExactlyInAnyOrderElementsOf(values.keySet());
    assertThat(signature.isBy(key.publicKey(), values::get)).isTrue();
    for (var changed : values.keySet()) {
      var other = new HashMap<>(values);
      other.put(changed, values.get(changed) + "x");
      assertThat(signature.isBy(key.publicKey(), other::get)).as(changed).isFalse();
    }
    var later = more.get("Signature-Input").replaceFirst("created=\\d+", "created=1999999999");
    assertThat(
            RequestSignature.parse(later, more.get("Signature")).isBy(key.publicKey(), values::get))
        .isFalse();
  }

  @Test
  void whatIsNoSignature_isRefusedWithItsPlace() {
    var more = signer.headers("GET", ADDRESS, Map.of(), Optional.empty());
    var input = more.get("Signature-Input");
    var signature = more.get("Signature");
    for (var wrong :
        List.of(
            "",
            "x",
            input + ", other=(\"@method\");created=1",
            input.replace("\"@path\"", "\"@path\";req"),
            input.replace("\"@path\"", "\"@method\""),
            input.replace("ed25519", "hmac-sha256"),
            input.replaceFirst(";created=\\d+", ""),
            input.replaceFirst(";nonce=\"[^\"]*\"", ""),
            input.replaceFirst(";keyid=\"[^\"]*\"", ""),
            input + ";created=5",
            input.replaceFirst("created=\\d+", "created=999999999999"))) {
      assertThatThrownBy(() -> RequestSignature.parse(wrong, signature))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Signature-Input");
    }
    for (var wrong : List.of("", "govcloud=::", signature.replace("govcloud", "other"))) {
      assertThatThrownBy(() -> RequestSignature.parse(input, wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Signature: ");
    }
  }

  @Test
  void key_writtenAndRead_isTheSame() {
    var read = ProgramKey.read(key.text()).orElseThrow();
    assertThat(read.id()).isEqualTo(key.id());
    assertThat(ProgramKey.read("feed.0123456789")).isEmpty();
    assertThatThrownBy(() -> ProgramKey.read(key.text().replace("account: feed", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("account: NAME");
  }

  @Test
  void digest_isFoundAmongOthers() {
    var body = "{\"a\": 1}".getBytes(StandardCharsets.UTF_8);
    var expected = ContentDigest.sha256().digest(body);
    assertThat(ContentDigest.parse(ContentDigest.of(body))).isEqualTo(expected);
    assertThat(ContentDigest.parse("md5=:AAAA:, " + ContentDigest.of(body) + ", x=:AA:"))
        .isEqualTo(expected);
    assertThatThrownBy(() -> ContentDigest.parse("md5=:AAAA:"))
        .hasMessageContaining("Content-Digest");
  }
}
