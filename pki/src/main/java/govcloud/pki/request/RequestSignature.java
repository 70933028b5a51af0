package govcloud.pki.request;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One signature over one request (RFC 9421). Of what the RFC allows, requests to a cloud carry one
 * signature of the algorithm {@code ed25519} over components without parameters; created, nonce and
 * key id are always there.
 *
 * @param components what is signed, in its order, as {@code @method} or the lower-case name of a
 *     header
 * @param parameters components and parameters as they are written, which are signed as well
 * @param created when it was made, by the program's clock
 * @param nonce differs for each request
 * @param keyId the account, a dot, and the public key in base64url
 * @param value 64 bytes in base64
 */
public record RequestSignature(
    List<String> components,
    String parameters,
    Instant created,
    String nonce,
    String keyId,
    String value) {

  /** Header that says what is signed. */
  public static final String INPUT = "Signature-Input";

  /** Header with the signature. */
  public static final String SIGNATURE = "Signature";

  /** Header with the hash of the body (RFC 9530). */
  public static final String DIGEST = "Content-Digest";

  /** Components that every signature has to cover. */
  public static final List<String> NEEDED = List.of("@method", "@authority", "@path", "@query");

  /** What stands before the 32 bytes of a public key in its usual form (RFC 8410, section 4). */
  private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final String LABEL = "([a-z*][a-z0-9_.*-]{0,63})";
  private static final Pattern INPUT_FORM =
      Pattern.compile(
          LABEL
              + "=(\\((\"[a-z@][a-z0-9@-]{0,63}\"(?: \"[a-z@][a-z0-9@-]{0,63}\"){0,31})\\)"
              + "((?:;[a-z]+=(?:\"[!#-\\[\\]-~]{0,256}\"|[0-9]{1,15})){1,8}))");
  private static final Pattern PARAMETER =
      Pattern.compile(";([a-z]+)=(?:\"([^\"]*)\"|([0-9]{1,15}))");
  private static final Pattern SIGNATURE_FORM = Pattern.compile(LABEL + "=:([A-Za-z0-9+/]{86}==):");

  /**
   * The signature that a request carries.
   *
   * @param input of the header {@value #INPUT}
   * @param signature of the header {@value #SIGNATURE}
   * @throws IllegalArgumentException when it is none as described here; says where
   */
  public static RequestSignature parse(String input, String signature) {
    var said = INPUT_FORM.matcher(input);
    if (!said.matches()) {
      throw new IllegalArgumentException(
          INPUT + ": not one signature (expected: LABEL=(\"@method\" ...);created=...)");
    }
    var given = SIGNATURE_FORM.matcher(signature);
    if (!given.matches() || !given.group(1).equals(said.group(1))) {
      throw new IllegalArgumentException(
          SIGNATURE + ": not one of 64 bytes (expected: " + said.group(1) + "=:BASE64:)");
    }
    var components = List.of(said.group(3).replace("\"", "").split(" ", -1));
    if (components.stream().distinct().count() != components.size()) {
      throw new IllegalArgumentException(INPUT + ": a component twice (expected: once)");
    }
    var parameters = said.group(4);
    var algorithm = parameter(parameters, "alg");
    if (!algorithm.isEmpty() && !algorithm.equals("ed25519")) {
      throw new IllegalArgumentException(INPUT + ": alg " + algorithm + " (expected: ed25519)");
    }
    return new RequestSignature(
        components,
        said.group(2),
        Instant.ofEpochSecond(Long.parseLong(needed(parameters, "created"))),
        needed(parameters, "nonce"),
        needed(parameters, "keyid"),
        given.group(2));
  }

  private static String needed(String parameters, String name) {
    var value = parameter(parameters, name);
    if (value.isEmpty() || (name.equals("created") && !value.matches("[0-9]{1,11}"))) {
      throw new IllegalArgumentException(INPUT + ": no " + name + " (expected: one)");
    }
    return value;
  }

  private static String parameter(String parameters, String name) {
    var each = PARAMETER.matcher(parameters);
    var found = "";
    while (each.find()) {
      if (each.group(1).equals(name)) {
        if (!found.isEmpty()) {
          throw new IllegalArgumentException(INPUT + ": " + name + " twice (expected: once)");
        }
        found = each.group(2) == null ? each.group(3) : each.group(2);
      }
    }
    return found;
  }

  /**
   * Whether the holder of a public key has signed these values.
   *
   * @param publicKey 32 bytes in base64url
   * @param values of components
   */
  public boolean isBy(String publicKey, UnaryOperator<String> values) {
    try {
      var raw = Base64.getUrlDecoder().decode(publicKey);
      var encoded = new byte[SPKI.length + raw.length];
      System.arraycopy(SPKI, 0, encoded, 0, SPKI.length);
      System.arraycopy(raw, 0, encoded, SPKI.length, raw.length);
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(base(components, parameters, values));
      return verifier.verify(Base64.getDecoder().decode(value));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** What is signed (section 2.5). */
  static byte[] base(List<String> components, String parameters, UnaryOperator<String> values) {
    var text = new StringBuilder();
    for (var component : components) {
      text.append('"')
          .append(component)
          .append("\": ")
          .append(values.apply(component))
          .append('\n');
    }
    return text.append("\"@signature-params\": ")
        .append(parameters)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
