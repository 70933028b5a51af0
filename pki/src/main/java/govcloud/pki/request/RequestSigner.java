package govcloud.pki.request;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Signs requests with the key of a program. */
public final class RequestSigner {

  private static final int NONCE_BYTES = 18;

  private final ProgramKey key;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * A signer.
   *
   * @param random for nonces
   * @param clock whose time signatures tell
   */
  public RequestSigner(ProgramKey key, SecureRandom random, InstantSource clock) {
    this.key = key;
    this.random = random;
    this.clock = clock;
  }

  /**
   * The headers that a request carries beside its own.
   *
   * @param uri whole address
   * @param headers of the request; all of them are signed
   * @param digest value of {@code Content-Digest}; empty: no body
   */
  public Map<String, String> headers(
      String method, URI uri, Map<String, String> headers, Optional<String> digest) {
    var values = new LinkedHashMap<String, String>();
    values.put("@method", method);
    values.put("@authority", authority(uri));
    values.put("@path", uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    values.put("@query", "?" + (uri.getRawQuery() == null ? "" : uri.getRawQuery()));
    headers.forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
    digest.ifPresent(hash -> values.put(RequestSignature.DIGEST.toLowerCase(Locale.ROOT), hash));
    var components = List.copyOf(values.keySet());
    var parameters = parameters(components);
    var signature = key.sign(RequestSignature.base(components, parameters, values::get));
    var more = new LinkedHashMap<String, String>();
    digest.ifPresent(hash -> more.put(RequestSignature.DIGEST, hash));
    more.put(RequestSignature.INPUT, "govcloud=" + parameters);
    more.put(
        RequestSignature.SIGNATURE,
        "govcloud=:" + Base64.getEncoder().encodeToString(signature) + ":");
    return more;
  }

  private String parameters(List<String> components) {
    var bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return components.stream()
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(" ", "(", ")"))
        + ";created="
        + clock.instant().getEpochSecond()
        + ";nonce=\""
        + Base64.getUrlEncoder().encodeToString(bytes)
        + "\";keyid=\""
        + key.id()
        + "\";alg=\"ed25519\"";
  }

  /** Host and port as the header Host has them (section 2.2.3). */
  static String authority(URI uri) {
    var plain = uri.getAuthority().toLowerCase(Locale.ROOT);
    var usual = uri.getScheme().equals("https") ? ":443" : ":80";
    return plain.endsWith(usual) ? plain.substring(0, plain.length() - usual.length()) : plain;
  }
}
